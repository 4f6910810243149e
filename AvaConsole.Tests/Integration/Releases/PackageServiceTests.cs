using System.Security.Cryptography;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Releases;

[Trait("Category", "Integration")]
public sealed class PackageServiceTests : IAsyncLifetime
{
    private static readonly byte[] s_content = [.. Enumerable.Range(0, 3_000_000).Select(number => (byte)(number * 7))];

    private TestConsole _console = null!;

    private FakePackageInspector Inspector => (FakePackageInspector)_console.Get<IPackageInspector>();

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Add_Archive_IsKeptUnderItsDigest()
    {
        var progress = new List<long>();

        var added = (await _console.Packages.AddAsync(new MemoryStream(s_content), "digits.tar", new Collect(progress), _console.Alice, default)).Value!;

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(s_content)), added.Sha256);
        Assert.Equal(s_content, await File.ReadAllBytesAsync(_console.Data.PackagePath(added.Sha256)));
        Assert.Equal(["0", "1"], (await _console.Packages.GetAsync(added.Id, default)).Value!.Inspection.Labels);
        Assert.Equal(s_content.Length, progress[^1]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_console.Data.Staging));
    }

    [Fact]
    public async Task Add_SameDigestAgainAndAtOnce_ReturnsTheOneThatIsThere()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Run(() =>
            _console.Packages.AddAsync(new MemoryStream(s_content), $"{number}.tar", null, _console.Alice, default))));

        Assert.Single(results.Select(result => result.Value!.Id).Distinct());
        Assert.Single(await _console.AuditAsync("package.added"));
    }

    [Fact]
    public async Task Add_FileLostFromTheDataDirectory_IsPutBack()
    {
        var added = (await _console.Packages.AddAsync(new MemoryStream(s_content), "a.tar", null, _console.Alice, default)).Value!;
        File.Delete(_console.Data.PackagePath(added.Sha256));

        var again = (await _console.Packages.AddAsync(new MemoryStream(s_content), "a.tar", null, _console.Alice, default)).Value!;

        Assert.Equal(added.Id, again.Id);
        Assert.True(File.Exists(_console.Data.PackagePath(added.Sha256)));
    }

    [Fact]
    public async Task Add_InspectorRefuses_KeepsNothing()
    {
        Inspector.Answer = new InvalidError("Package", "package.no_model");

        var refused = await _console.Packages.AddAsync(new MemoryStream(s_content), "a.tar", null, _console.Alice, default);

        Assert.Equal("package.no_model", Assert.Single(Assert.IsType<InvalidError>(refused.Error).Problems).Code);
        Assert.Empty(await _console.Packages.ListAsync(default));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_console.Data.Staging));
        Assert.False(Directory.Exists(_console.Data.Packages) && Directory.EnumerateFiles(_console.Data.Packages).Any());
    }

    [Fact]
    public async Task Add_UploadBreaksOff_LeavesNoFile()
    {
        await Assert.ThrowsAsync<IOException>(() => _console.Packages.AddAsync(new BreakingStream(), "a.tar", null, _console.Alice, default));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_console.Data.Staging));
    }

    [Fact]
    public async Task Receive_MoreThanAllowed_IsRefused()
    {
        var files = _console.Get<PackageFiles>();

        Assert.Equal("package.too_large", Code(await files.ReceiveAsync(new MemoryStream(s_content), s_content.Length - 1, null, default)));
        Assert.Equal("package.empty", Code(await files.ReceiveAsync(new MemoryStream(), 10, null, default)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_console.Data.Staging));

        static string Code(Result<StagedPackage> result) => Assert.Single(Assert.IsType<InvalidError>(result.Error).Problems).Code;
    }

    [Fact]
    public async Task Receive_DiskFull_SaysSo()
    {
        // /dev/full answers every write as a full disk does.
        var files = new PackageFiles(new DataDirectory(_console.Data.Root)) { Open = _ => new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0) };

        Assert.Equal("package.disk_full", (await files.ReceiveAsync(new MemoryStream(s_content), s_content.Length, null, default)).Error?.Code);
    }

    [Fact]
    public async Task AddFromUrl_TokenInTheQuery_IsNotKept()
    {
        var egress = (FakeEgressClient)_console.Get<IEgressClient>();
        egress.Answer = _ => new MemoryStream(s_content);

        var added = (await _console.Packages.AddFromUrlAsync(new Uri("https://models.example/a/digits.tar?token=hush"), null, _console.Alice, default)).Value!;

        Assert.Equal(("digits.tar", "https://models.example/a/digits.tar"), (added.FileName, added.SourceUrl));
        Assert.DoesNotContain(await _console.AuditAsync(), entry => (entry.After ?? "").Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddFromUrl_Refused_SaysWhy()
    {
        var refused = await _console.Packages.AddFromUrlAsync(new Uri("http://169.254.169.254/x.tar"), null, _console.Alice, default);

        Assert.Equal("egress.refused", refused.Error?.Code);
    }

    // IProgress as Progress<T> would report on other threads, after the fact.
    private sealed class Collect(List<long> values) : IProgress<long>
    {
        public void Report(long value) => values.Add(value);
    }

    private sealed class BreakingStream : MemoryStream
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _reads++ < 3 ? ValueTask.FromResult(buffer.Length) : throw new IOException("The connection was reset.");
    }
}
