using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Tests.Inference.Packages;

public sealed class CacheFolderTests : IDisposable
{
    private static readonly string s_digest = new('a', 64);
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);
    private static readonly HashSet<string> s_nothing = [];

    private readonly TemporaryDirectory _root = new();
    private readonly FakeClock _clock = new();
    private readonly CacheFolder _cache;
    private int _made;

    public CacheFolderTests() => _cache = new CacheFolder(_root.FullPath, _clock, NullLogger.Instance);

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Prune_UnusedForLonger_IsRemoved()
    {
        (await GetAsync()).Dispose();
        _clock.Advance(s_week);
        Assert.Equal(0, _cache.Prune(s_nothing, s_week));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, _cache.Prune(s_nothing, s_week));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root.FullPath));
        using var again = await GetAsync();
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Combine(again.Folder, "file")));
    }

    [Fact]
    public async Task Prune_InUse_StaysAndAgesFromItsEnd()
    {
        var lease = await GetAsync();
        var other = await GetAsync();
        _clock.Advance(TimeSpan.FromDays(30));
        lease.Dispose();
        Assert.Equal(0, _cache.Prune(s_nothing, s_week));
        other.Dispose();
        other.Dispose();

        _clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, _cache.Prune(s_nothing, s_week));
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, _cache.Prune(s_nothing, s_week));
    }

    [Fact]
    public async Task Prune_Wanted_StaysAndAgesFromWhenItIsNot()
    {
        (await GetAsync()).Dispose();
        _clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(0, _cache.Prune(new HashSet<string> { s_digest }, s_week));
        Assert.Equal(0, _cache.Prune(s_nothing, s_week));
    }

    [Fact]
    public async Task Prune_WhileItIsMade_LeavesItAlone()
    {
        (await GetAsync()).Dispose();
        _clock.Advance(TimeSpan.FromDays(30));
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var renewing = _cache.GetAsync(
            s_digest,
            renew: true,
            async (folder, ct) =>
            {
                started.SetResult();
                await go.Task.WaitAsync(ct);
                return await MakeAsync(folder, ct);
            },
            default);
        await started.Task;

        Assert.Equal(0, _cache.Prune(s_nothing, s_week));

        go.SetResult();
        using var lease = (await renewing).Value!;
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Combine(lease.Folder, "file")));
    }

    [Fact]
    public void Prune_WhatIsNoEntry_StaysUntouched()
    {
        var stranger = Directory.CreateDirectory(_root.Combine("files"));
        stranger.LastWriteTimeUtc = _clock.GetUtcNow().UtcDateTime - TimeSpan.FromDays(365);

        Assert.Equal(0, _cache.Prune(s_nothing, s_week));

        Assert.True(Directory.Exists(stranger.FullName));
    }

    [Fact]
    public async Task Get_Failed_KeepsWhatWasThere()
    {
        (await GetAsync()).Dispose();

        var renewed = await _cache.GetAsync(s_digest, renew: true, (_, _) => Task.FromResult<Result<string>>(new UnavailableError("gone")), default);

        Assert.Equal("gone", renewed.Error?.Code);
        using var lease = await GetAsync();
        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(lease.Folder, "file")));
    }

    private async Task<CacheLease> GetAsync() => (await _cache.GetAsync(s_digest, renew: false, MakeAsync, default)).Value!;

    private async Task<Result<string>> MakeAsync(string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "file"), $"{++_made}", ct);
        return folder;
    }
}
