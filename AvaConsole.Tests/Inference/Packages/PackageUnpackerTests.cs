using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Inference.Packages;

public sealed class PackageUnpackerTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UnpackAsync_GoodPackage_WritesItsFiles(bool compressed)
    {
        var package = TarFixtures.Package();

        var unpacked = await UnpackAsync(compressed ? package.ToGzip() : package.ToTar());

        Assert.True(unpacked.IsSuccess);
        Assert.Equal(["labels.txt", "model.onnx", "service.yaml"], unpacked.Value.Select(file => file.Path).Order());
        Assert.Equal("red\ngreen\nblue\n", await File.ReadAllTextAsync(_folder.Combine("out", "labels.txt")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Combine("out")));
        }
    }

    [Theory]
    [InlineData("parent name", "package.path_traversal", "../escaped.txt")]
    [InlineData("parent name inside a path", "package.path_traversal", "files/../../escaped.txt")]
    [InlineData("absolute name", "package.path_traversal", "/tmp/avaconsole-escaped.txt")]
    [InlineData("backslash parent name", "package.path_traversal", "..\\escaped.txt")]
    [InlineData("symbolic link out", "package.link_entry", "labels.txt")]
    [InlineData("symbolic link inside", "package.link_entry", "copy.onnx")]
    [InlineData("file through a symbolic link", "package.link_entry", "files")]
    [InlineData("hard link out", "package.link_entry", "weights.bin")]
    [InlineData("hard link inside", "package.link_entry", "copy.onnx")]
    [InlineData("fifo", "package.special_entry", "labels.txt")]
    [InlineData("character device", "package.special_entry", "labels.txt")]
    [InlineData("block device", "package.special_entry", "labels.txt")]
    [InlineData("sparse file", "package.unsupported_entry", "")]
    [InlineData("duplicate names", "package.duplicate", "labels.txt")]
    [InlineData("same file by two names", "package.path_traversal", "./files/../labels.txt")]
    [InlineData("file as a directory", "package.duplicate", "files/labels.txt")]
    [InlineData("5000 entries", "package.too_many_entries", null)]
    [InlineData("500 directories deep", "package.too_deep", null)]
    [InlineData("name of 10000 characters", "package.too_deep", null)]
    [InlineData("control characters in a name", "package.bad_name", "la\\u001b[2Jbels.txt")]
    [InlineData("size beyond the end", "package.file_too_large", "weights.bin")]
    [InlineData("negative size", "package.not_an_archive", "")]
    [InlineData("cut off", "package.not_an_archive", "")]
    [InlineData("cut off gzip", "package.not_an_archive", "")]
    public async Task UnpackAsync_HostileArchive_RefusesItByName(string fixture, string code, string? entry)
    {
        var unpacked = await UnpackAsync(TarFixtures.Hostile(fixture));

        var problem = InferenceParts.Problem(unpacked.Error);
        Assert.Equal(code, problem.Code);
        Assert.Equal(entry ?? problem.Field, problem.Field);
        AssertNothingIsLeft();
    }

    [Fact]
    public void UnpackAsync_HostileArchives_AreAllExpected()
    {
        var tried = typeof(PackageUnpackerTests).GetMethod(nameof(UnpackAsync_HostileArchive_RefusesItByName))!
            .GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[0].Value!);

        Assert.Equal(((IEnumerable<object[]>)TarFixtures.HostileNames).Select(row => (string)row[0]).Order(), tried.Order());
    }

    [Fact]
    public async Task UnpackAsync_NotAnArchive_SaysSo()
    {
        Assert.Equal("package.not_an_archive", InferenceParts.Problem((await UnpackAsync(TarFixtures.NotAnArchive())).Error).Code);
        Assert.Equal("package.not_an_archive", InferenceParts.Problem((await UnpackAsync(TarFixtures.Empty())).Error).Code);
        Assert.Equal("package.not_an_archive", InferenceParts.Problem((await UnpackAsync([])).Error).Code);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task UnpackAsync_TenGigabyteBomb_IsRefusedBeforeItExplodes()
    {
        await using (var file = File.Create(_folder.Combine("bomb.tar.gz")))
        await using (var bomb = TarFixtures.ZeroBomb(10L << 30))
        {
            await bomb.CopyToAsync(file);
        }

        // Its header gives the size away; with a limit that would let it pass, the ratio does.
        var byHeader = await new PackageUnpacker().UnpackAsync(_folder.Combine("bomb.tar.gz"), _folder.Combine("out"), default);
        var byRatio = await new PackageUnpacker(new UnpackLimits { FileBytes = 20L << 30, TotalBytes = 20L << 30 })
            .UnpackAsync(_folder.Combine("bomb.tar.gz"), _folder.Combine("out"), default);

        Assert.Equal("package.file_too_large", InferenceParts.Problem(byHeader.Error).Code);
        Assert.Equal("package.ratio", InferenceParts.Problem(byRatio.Error).Code);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task UnpackAsync_ManyLargeFiles_AreRefusedTogether()
    {
        var archive = new TarBuilder().File("a.bin", new byte[600]).File("b.bin", new byte[600]).ToTar();

        var unpacked = await UnpackAsync(archive, new UnpackLimits { TotalBytes = 1000 });

        Assert.Equal("package.too_large", InferenceParts.Problem(unpacked.Error).Code);
    }

    [Fact]
    public async Task UnpackAsync_MetadataOfMegabytes_IsRefused()
    {
        var archive = TarBuilder.Header("x", 1L << 30, 'x');

        var unpacked = await UnpackAsync([.. archive, .. new byte[4096]]);

        Assert.Equal("package.metadata_too_large", InferenceParts.Problem(unpacked.Error).Code);
    }

    [Fact]
    public async Task UnpackAsync_FilesOfMacOs_AreSkipped()
    {
        var unpacked = await UnpackAsync(new TarBuilder().File("._model.onnx", "x").File("model.onnx", "m").File("sub/._x", "x").ToTar());

        Assert.True(unpacked.IsSuccess);
        Assert.Equal(["model.onnx"], unpacked.Value.Select(file => file.Path));
        Assert.Equal([_folder.Combine("out", "model.onnx")], Directory.EnumerateFileSystemEntries(_folder.Combine("out"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task UnpackAsync_Cancelled_LeavesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await File.WriteAllBytesAsync(_folder.Combine("package.tar"), TarFixtures.Package().ToTar());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new PackageUnpacker().UnpackAsync(_folder.Combine("package.tar"), _folder.Combine("out"), cancelled.Token));

        AssertNothingIsLeft();
    }

    private async Task<AvaConsole.Core.Common.Result<IReadOnlyList<AvaConsole.Core.Releases.PackageFile>>> UnpackAsync(byte[] archive, UnpackLimits? limits = null)
    {
        await File.WriteAllBytesAsync(_folder.Combine("package.tar"), archive);
        return await new PackageUnpacker(limits).UnpackAsync(_folder.Combine("package.tar"), _folder.Combine("out"), default);
    }

    private void AssertNothingIsLeft()
    {
        Assert.False(Directory.Exists(_folder.Combine("out")));
        Assert.False(File.Exists(_folder.Combine("escaped.txt")));
        Assert.False(File.Exists("/tmp/avaconsole-escaped.txt"));
    }
}
