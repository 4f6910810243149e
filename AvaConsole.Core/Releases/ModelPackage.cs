using AvaConsole.Core.Common;

namespace AvaConsole.Core.Releases;

/// <summary>A model archive that the console holds, addressed by its SHA-256. Immutable.</summary>
public sealed class ModelPackage
{
    public Guid Id { get; set; }

    /// <summary>64 lower-case hexadecimal digits; unique.</summary>
    public string Sha256 { get; set; } = "";

    public long SizeBytes { get; set; }

    /// <summary>As uploaded, for example <c>digits.tar</c>.</summary>
    public string FileName { get; set; } = "";

    /// <summary>Where it was fetched from; null where it was uploaded.</summary>
    public string? SourceUrl { get; set; }

    /// <summary>What was found inside (jsonb).</summary>
    public PackageInspection Inspection { get; set; } = new();

    public string CreatedBy { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>What opening a package showed.</summary>
public sealed record PackageInspection
{
    public IReadOnlyList<PackageFile> Files { get; init; } = [];

    public IReadOnlyList<TensorInfo> Inputs { get; init; } = [];

    public IReadOnlyList<TensorInfo> Outputs { get; init; } = [];

    /// <summary>Class names in index order; empty where the package has none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The pipeline that serves it, for example <c>classification</c>.</summary>
    public string Pipeline { get; init; } = "";

    /// <summary>True where the first dimension is dynamic, so that requests can share a run.</summary>
    public bool Batchable { get; init; }

    /// <summary>What is worth knowing and does not prevent serving; localisation keys.</summary>
    public IReadOnlyList<PackageNote> Notes { get; init; } = [];
}

/// <param name="Path">Path inside the archive, <c>/</c>-separated.</param>
/// <param name="Size">Bytes.</param>
public sealed record PackageFile(string Path, long Size);

/// <param name="Name">Tensor name.</param>
/// <param name="DataType">Open Inference Protocol name: <c>FP32</c>, <c>INT64</c>, <c>BYTES</c>…</param>
/// <param name="Shape">-1 for a dynamic dimension.</param>
public sealed record TensorInfo(string Name, string DataType, IReadOnlyList<long> Shape);

/// <param name="Code">Localisation key, for example <c>package.fixed_batch</c>.</param>
/// <param name="Args">Placeholders of the text.</param>
public sealed record PackageNote(string Code, IReadOnlyList<string> Args);

/// <summary>Opens model archives. Implemented by the inference project; Core knows no ONNX.</summary>
public interface IPackageInspector
{
    /// <summary>
    /// Unpacks the archive safely into a fresh folder, loads the model once and describes it. What is wrong comes back as
    /// <see cref="InvalidError"/> with codes <c>package.*</c>, never as an exception.
    /// </summary>
    Task<Result<PackageInspection>> InspectAsync(string archivePath, CancellationToken ct);
}
