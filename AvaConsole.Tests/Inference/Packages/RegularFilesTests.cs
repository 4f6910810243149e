using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Inference.Packages;

public sealed class RegularFilesTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public RegularFilesTests()
    {
        Directory.CreateDirectory(_folder.Combine("parts"));
        File.WriteAllText(_folder.Combine("model.onnx"), "model");
        File.WriteAllText(_folder.Combine("parts", "weights.bin"), "weights");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_FilesAndFolders_AreFine() => Assert.Null(RegularFiles.Check(_folder.FullPath));

    [Theory]
    [InlineData("ln", "model.onnx", "second.onnx", "package.link_entry")]
    [InlineData("ln", "/etc/hostname", "secret.bin", "package.special_entry", "-s")]
    [InlineData("mkfifo", "parts/pipe.bin", "", "package.special_entry")]
    public async Task Check_AnythingElse_IsNamed(string command, string first, string second, string code, string? option = null)
    {
        var names = new[] { option, InFolder(first), second.Length > 0 ? InFolder(second) : null };
        await ChildProcess.RunAsync([command, .. names.OfType<string>()]);

        var problem = InferenceParts.Problem(RegularFiles.Check(_folder.FullPath));

        Assert.Equal(code, problem.Code);
    }

    private string InFolder(string name) => name.StartsWith('/') ? name : _folder.Combine(name);
}
