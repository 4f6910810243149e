using System.Collections.Concurrent;
using AvaConsole.Core.Common;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Inference.Packages;

/// <summary>
/// Folders by digest that never change. One appears under its digest in one step, when all of it is there; a process that is killed leaves
/// only temporary names, which the next process removes. Whoever uses one holds a lease, and what is leased is never removed.
/// </summary>
/// <remarks>When a folder was last used is its modification time, so that it outlives the process.</remarks>
internal sealed class CacheFolder(string root, TimeProvider clock, ILogger logger)
{
    private const string TemporaryPrefix = ".tmp-";

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    // Once, and before anything of this process's own lies there.
    private readonly Lazy<bool> _swept = new(() => Sweep(root));

    public string TemporaryPath() => Path.Combine(root, TemporaryPrefix + Guid.NewGuid().ToString("n"));

    /// <summary>The folder of this digest, leased.</summary>
    /// <param name="digest">64 lower-case hexadecimal digits.</param>
    /// <param name="renew">Makes it anew where nobody uses it.</param>
    /// <param name="makeAsync">Makes what is missing in a folder under a temporary name.</param>
    public async Task<Result<CacheLease>> GetAsync(
        string digest, bool renew, Func<string, CancellationToken, Task<Result<string>>> makeAsync, CancellationToken ct)
    {
        _ = _swept.Value;
        var entry = _entries.GetOrAdd(digest, _ => new Entry());
        var lease = new CacheLease(Path.Combine(root, digest), () => Release(digest, entry));
        var users = Interlocked.Increment(ref entry.Users);
        Result<CacheLease>? result = null;
        try
        {
            // Two releases may share a package and be loaded at once.
            await entry.Gate.WaitAsync(ct).ConfigureAwait(false);
            try
            {
                var error = Directory.Exists(lease.Folder) && !(renew && users == 1) ? null : await MakeAsync(lease.Folder, makeAsync, ct).ConfigureAwait(false);
                return result = error is null ? lease : error;
            }
            finally
            {
                entry.Gate.Release();
            }
        }
        finally
        {
            if (result is not { IsSuccess: true })
            {
                lease.Dispose();
            }
        }
    }

    /// <summary>Removes what is neither wanted nor in use and was not used for <paramref name="age"/>; returns how many.</summary>
    public int Prune(IReadOnlySet<string> wanted, TimeSpan age)
    {
        _ = _swept.Value;
        var removed = 0;
        foreach (var folder in Directory.EnumerateDirectories(root).Where(folder => PackageDigest.IsValid(Path.GetFileName(folder))).ToList())
        {
            var digest = Path.GetFileName(folder);
            var entry = _entries.GetOrAdd(digest, _ => new Entry());
            if (!entry.Gate.Wait(TimeSpan.Zero))
            {
                continue;
            }

            try
            {
                if (wanted.Contains(digest) || Volatile.Read(ref entry.Users) > 0)
                {
                    Touch(folder);
                }
                else if (Directory.GetLastWriteTimeUtc(folder) < clock.GetUtcNow().UtcDateTime - age)
                {
                    removed += TryRemove(folder) ? 1 : 0;
                }
            }
            finally
            {
                entry.Gate.Release();
            }
        }

        return removed;
    }

    private async Task<Error?> MakeAsync(string folder, Func<string, CancellationToken, Task<Result<string>>> makeAsync, CancellationToken ct)
    {
        var made = await makeAsync(TemporaryPath(), ct).ConfigureAwait(false);
        if (!made.IsSuccess)
        {
            return made.Error;
        }

        if (Directory.Exists(folder))
        {
            Remove(folder);
        }

        try
        {
            Directory.Move(made.Value, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process on the same data directory was faster.
            PackageUnpacker.Remove(made.Value);
        }

        Touch(folder);
        return null;
    }

    /// <summary>Whole or not at all: a folder that is half gone must not keep its name.</summary>
    private void Remove(string folder)
    {
        var temporary = TemporaryPath();
        Directory.Move(folder, temporary);
        PackageUnpacker.Remove(temporary);
    }

    private bool TryRemove(string folder)
    {
        try
        {
            Remove(folder);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(exception, "{Entry} was not removed from the cache", Path.GetFileName(folder));
            return false;
        }
    }

    private void Release(string digest, Entry entry)
    {
        Touch(Path.Combine(root, digest));
        Interlocked.Decrement(ref entry.Users);
    }

    private void Touch(string folder)
    {
        try
        {
            Directory.SetLastWriteTimeUtc(folder, clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not made, or removed by hand: then it has no age either.
        }
    }

    /// <summary>Removes what an earlier process left unfinished.</summary>
    private static bool Sweep(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder, TemporaryPrefix + "*").ToList())
        {
            if (Directory.Exists(entry))
            {
                PackageUnpacker.Remove(entry);
            }
            else
            {
                File.Delete(entry);
            }
        }

        return true;
    }

    private sealed class Entry
    {
        public int Users;

        public SemaphoreSlim Gate { get; } = new(1, 1);
    }
}

/// <summary>Keeps a cached folder; dispose when nothing in it is needed any more.</summary>
public sealed class CacheLease : IDisposable
{
    private Action? _release;

    internal CacheLease(string folder, Action release) => (Folder, _release) = (folder, release);

    /// <summary>Absolute path.</summary>
    public string Folder { get; }

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
