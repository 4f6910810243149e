using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;

namespace AvaConsole.Tests.Inference.Pipelines.Ensembles;

/// <summary>A package's folder: a detector that finds the left and the right half of any picture, and models that tell their colour.</summary>
internal sealed class EnsemblePackage : IDisposable
{
    public const string FindAndName = """
        pipeline: ensemble
        models:
          finder:
            file: finder.onnx
            pipeline: detection
            labels: halves.txt
          namer:
            file: namer.onnx
            pipeline: classification
            labels: colors.txt
            input: {kind: picture, scale: 0.00392156862745098}
            output: {top_k: 1}
        steps:
          - {name: find, model: finder}
          - {name: color, model: namer, crop: find}
        """;

    private readonly TemporaryDirectory _folder = new();

    public EnsemblePackage(string yaml = FindAndName)
    {
        // In pixels of 8 × 8: the left half, the right half, and one that is not sure.
        Add("finder.onnx", GraphModels.Finder(8, 0, 0, 4, 8, 0.75f, 0, 4, 0, 8, 8, 0.5f, 1, 2, 2, 6, 6, 0.125f, 2));
        Add("namer.onnx", TestModels.Classifier());
        File.WriteAllText(Path.Combine(_folder.FullPath, "halves.txt"), "left\nright\nmiddle\n");
        File.WriteAllText(Path.Combine(_folder.FullPath, "colors.txt"), "red\ngreen\nblue\n");
        File.WriteAllText(Path.Combine(_folder.FullPath, "service.yaml"), yaml);
    }

    public string Folder => _folder.FullPath;

    /// <summary>40 × 20: red on the left, blue on the right.</summary>
    public static byte[] RedAndBlue { get; } = TestPictures.Bmp(40, 20, 24, (x, _) => x < 20 ? TestPictures.Red : TestPictures.Blue);

    public PackageContent Content
    {
        get
        {
            var content = PackageContent.Read(_folder.FullPath);
            Assert.True(content.IsSuccess, $"{content.Error}");
            return content.Value;
        }
    }

    public EnsemblePackage Add(string file, byte[] model)
    {
        File.WriteAllBytes(Path.Combine(_folder.FullPath, file), model);
        return this;
    }

    public void Dispose() => _folder.Dispose();
}
