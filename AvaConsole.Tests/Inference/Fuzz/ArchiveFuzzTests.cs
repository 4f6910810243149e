using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Inference.Fuzz;

/// <summary>Damaged archives are unpacked within their folder or refused, and nothing of the refused ones is left.</summary>
public sealed class ArchiveFuzzTests : IDisposable
{
    private const int Rounds = 200;

    private static readonly UnpackLimits s_limits = new() { FileBytes = 1 << 20, TotalBytes = 4 << 20, Ratio = 20, RatioFrom = 1 << 20 };

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tar")]
    [InlineData("gzip")]
    [InlineData("gzip of damaged tar")]
    public async Task UnpackAsync_DamagedArchive_IsAnswered(string kind)
    {
        var mutations = new Mutations(20261121);
        var package = new TarBuilder().Directory("files").File("files/labels.txt", "red\ngreen\n").File("model.onnx", new byte[700]);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = kind switch
            {
                "tar" => mutations.Of(package.ToTar()),
                "gzip" => mutations.Of(package.ToGzip()),
                _ => TarBuilder.Gzip(mutations.Of(package.ToTar())),
            };
            await File.WriteAllBytesAsync(_folder.Combine("package.tar"), bytes);

            var unpacked = await new PackageUnpacker(s_limits).UnpackAsync(_folder.Combine("package.tar"), _folder.Combine("out"), default);

            Assert.True(unpacked.IsSuccess || unpacked.Error is InvalidError, $"{kind}, round {round}: {unpacked.Error}");
            Assert.Equal(unpacked.IsSuccess ? ["out", "package.tar"] : ["package.tar"], Directory.EnumerateFileSystemEntries(_folder.FullPath).Select(Path.GetFileName).Order());
            if (unpacked.IsSuccess)
            {
                Assert.Null(RegularFiles.Check(_folder.Combine("out")));
                Directory.Delete(_folder.Combine("out"), recursive: true);
            }
        }
    }
}
