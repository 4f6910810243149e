using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Tests.Inference.Packages;

public sealed class ServiceYamlEditorTests : IDisposable
{
    private const string Sha256 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly TemporaryDirectory _root = new();
    private readonly ModelPackage _package = new()
    {
        Sha256 = Sha256,
        Inspection = new PackageInspection { Inputs = [new TensorInfo("image", "FP32", [-1, 3, 4, 4])] },
    };

    private readonly ServiceYamlEditor _editor;

    public ServiceYamlEditorTests()
    {
        var data = new DataDirectory(_root.FullPath);
        var folder = Path.Combine(data.PackageCache, Sha256, "models");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "model.onnx"), "weights");
        File.WriteAllText(Path.Combine(folder, "labels.txt"), "a\nb\n");
        File.WriteAllText(Path.Combine(folder, "service.yaml"), "input: {color: bgr}");
        _editor = new ServiceYamlEditor(new PackageCache(data, new PackageUnpacker(), new NoEgress(), new FakeClock(), NullLogger<PackageCache>.Instance));
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task ReadAsync_PackageWithDescription_GivesItsText() => Assert.Equal("input: {color: bgr}", (await _editor.ReadAsync(_package, default)).Value);

    [Fact]
    public async Task WriteAsync_EditedText_MakesAPackageWithIt()
    {
        using var archive = new MemoryStream();
        Assert.True((await _editor.WriteAsync(_package, "labels: labels.txt", archive, default)).IsSuccess);
        using var again = new MemoryStream();
        await _editor.WriteAsync(_package, "labels: labels.txt", again, default);
        Assert.Equal(archive.ToArray(), again.ToArray());

        var path = Path.Combine(_root.FullPath, "new.tar");
        await File.WriteAllBytesAsync(path, archive.ToArray());
        var unpacked = Path.Combine(_root.FullPath, "new");
        Assert.Equal(
            ["models/labels.txt", "models/model.onnx", "models/service.yaml"],
            (await new PackageUnpacker().UnpackAsync(path, unpacked, default)).Value!.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.Equal("labels: labels.txt", await File.ReadAllTextAsync(Path.Combine(unpacked, "models", "service.yaml")));
    }

    [Fact]
    public async Task WriteAsync_NoText_LeavesTheFileOut()
    {
        using var archive = new MemoryStream();

        Assert.True((await _editor.WriteAsync(_package, " \n", archive, default)).IsSuccess);

        archive.Position = 0;
        using var reader = new System.Formats.Tar.TarReader(archive);
        var names = new List<string>();
        while (reader.GetNextEntry() is { } entry)
        {
            names.Add(entry.Name);
        }

        Assert.Equal(["models/labels.txt", "models/model.onnx"], names);
    }

    [Fact]
    public async Task WriteAsync_WrongText_WritesNothing()
    {
        using var archive = new MemoryStream();

        Assert.Equal("package.service_yaml_syntax", InferenceParts.Problem((await _editor.WriteAsync(_package, "- a", archive, default)).Error).Code);
        Assert.Equal(0, archive.Length);
    }

    private sealed class NoEgress : IEgressClient
    {
        public Task<Result<Stream>> GetAsync(Uri url, long maxBytes, CancellationToken ct) => throw new InvalidOperationException("Nothing is fetched here.");
    }
}
