using System.Formats.Tar;
using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Packages;

/// <summary>Works on the <c>service.yaml</c> of a package that the console holds: reads it, shows what it makes of a payload, and writes a package with another one.</summary>
public sealed class ServiceYamlEditor(PackageCache packages)
{
    // Fixed, so that the same files always give the same digest.
    private static readonly DateTimeOffset s_time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <returns>The file's text; empty where the package has none.</returns>
    public async Task<Result<string>> ReadAsync(ModelPackage package, CancellationToken ct)
    {
        var opened = await OpenAsync(package, ct).ConfigureAwait(false);
        if (!opened.IsSuccess)
        {
            return opened.Error;
        }

        using var lease = opened.Value.Lease;
        var path = Path.Combine(opened.Value.Root, ServiceYaml.FileName);
        if (!File.Exists(path))
        {
            return "";
        }

        return new FileInfo(path).Length <= ServiceYaml.MaxBytes
            ? await File.ReadAllTextAsync(path, Encoding.UTF8, ct).ConfigureAwait(false)
            : new InvalidError(ServiceYaml.FileName, "package.service_yaml_too_large", ServiceYaml.MaxBytes >> 10);
    }

    /// <param name="serviceYaml">What the file would say; empty for none.</param>
    /// <returns>See <see cref="TensorPreview.Create(string, ModelSignature, string, InferenceRequest)"/>; <c>package.preview_ensemble</c> for several models.</returns>
    public async Task<Result<IReadOnlyList<TensorPreview>>> PreviewAsync(ModelPackage package, string serviceYaml, InferenceRequest request, CancellationToken ct)
    {
        var description = Parse(serviceYaml);
        if (!description.IsSuccess)
        {
            return description.Error;
        }

        if (description.Value.Ensemble is not null)
        {
            return new InvalidError(ServiceYaml.FileName, "package.preview_ensemble");
        }

        var opened = await OpenAsync(package, ct).ConfigureAwait(false);
        if (!opened.IsSuccess)
        {
            return opened.Error;
        }

        using var lease = opened.Value.Lease;
        var signature = new ModelSignature(package.Inspection.Inputs.Select(ToPort).ToList(), package.Inspection.Outputs.Select(ToPort).ToList());

        // Decoding a large picture takes tens of milliseconds: not on the page's thread.
        return await Task.Run(() => TensorPreview.Create(description.Value, signature, opened.Value.Root, request), ct).ConfigureAwait(false);
    }

    /// <summary>Writes the package's files, with this <c>service.yaml</c>, as a new archive. Packages never change: this is another one.</summary>
    /// <returns>What is wrong with the text; nothing is written then.</returns>
    public async Task<Result> WriteAsync(ModelPackage package, string serviceYaml, Stream target, CancellationToken ct)
    {
        var description = Parse(serviceYaml);
        if (!description.IsSuccess)
        {
            return description.Error;
        }

        var opened = await OpenAsync(package, ct).ConfigureAwait(false);
        if (!opened.IsSuccess)
        {
            return opened.Error;
        }

        using var lease = opened.Value.Lease;
        var folder = lease.Folder;
        var replaced = Path.GetRelativePath(folder, Path.Combine(opened.Value.Root, ServiceYaml.FileName));
        var names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Append(replaced).Distinct().Order(StringComparer.Ordinal);
        await using var writer = new TarWriter(target, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var name in names)
        {
            await using Stream content = name == replaced ? new MemoryStream(Encoding.UTF8.GetBytes(serviceYaml)) : File.OpenRead(Path.Combine(folder, name));
            var entry = MakeEntry(name);
            entry.DataStream = content;
            await writer.WriteEntryAsync(entry, ct).ConfigureAwait(false);
        }

        return Result.Success;
    }

    private static Result<ServiceDescription> Parse(string serviceYaml) =>
        string.IsNullOrWhiteSpace(serviceYaml) ? new ServiceDescription() : ServiceYaml.Parse(serviceYaml);

    private async Task<Result<(CacheLease Lease, string Root)>> OpenAsync(ModelPackage package, CancellationToken ct)
    {
        var found = await packages.GetFolderAsync(package.Sha256, package.SourceUrl ?? "", ct).ConfigureAwait(false);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var root = PackageContent.FindRoot(found.Value.Folder);
        if (root.IsSuccess)
        {
            return (found.Value, root.Value);
        }

        found.Value.Dispose();
        return root.Error;
    }

    private static ModelPort ToPort(TensorInfo info) => TensorTypes.TryParse(info.DataType, out var type)
        ? new ModelPort(info.Name, PortKind.Tensor, type, info.Shape)
        : new ModelPort(info.Name, info.DataType == "MAP" ? PortKind.Map : PortKind.Sequence, TensorType.Fp32, []);

    // The plainer form where it can hold the name: the other one writes the process's number into the archive.
    private static PosixTarEntry MakeEntry(string name) => name.Length <= 100 && name.All(char.IsAscii)
        ? new UstarTarEntry(TarEntryType.RegularFile, name) { ModificationTime = s_time, UserName = "", GroupName = "" }
        : new PaxTarEntry(TarEntryType.RegularFile, name) { ModificationTime = s_time, UserName = "", GroupName = "" };
}
