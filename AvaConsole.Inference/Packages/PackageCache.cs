using System.Collections.Concurrent;
using System.Security.Cryptography;
using AvaConsole.Core.Common;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Inference.Packages;

/// <summary>
/// Unpacked packages by digest, and the archives that they came from. A folder appears under its digest in one step, when all of it is
/// there; a process that is killed leaves only temporary names, which the next process removes.
/// </summary>
public sealed class PackageCache(DataDirectory data, PackageUnpacker unpacker, IEgressClient egress, ILogger<PackageCache> logger)
{
    private const string TemporaryPrefix = ".tmp-";
    private const long MaxArchiveBytes = 8L << 30;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _locks = new(StringComparer.Ordinal);

    // Once, and before anything of this process's own lies there.
    private readonly Lazy<bool> _swept = new(() => Sweep(data.PackageCache));

    /// <summary>The unpacked folder. Fetches, checks and unpacks what is missing.</summary>
    /// <param name="sha256">64 lower-case hexadecimal digits.</param>
    /// <param name="tarFile">Fetched from there where the archive is not here.</param>
    public async Task<Result<string>> GetFolderAsync(string sha256, string tarFile, CancellationToken ct)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
        {
            return new InvalidError("package_sha256", "package.digest_invalid");
        }

        _ = _swept.Value;

        // Two releases may share a package and be loaded at once.
        var gate = _locks.GetOrAdd(sha256, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var folder = Path.Combine(data.PackageCache, sha256);
            if (Directory.Exists(folder))
            {
                return folder;
            }

            Directory.CreateDirectory(data.Packages);
            var archive = await GetArchiveAsync(sha256, tarFile, ct).ConfigureAwait(false);
            return archive.IsSuccess ? await UnpackAsync(archive.Value, folder, ct).ConfigureAwait(false) : archive.Error;
        }
        finally
        {
            gate.Release();
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

    private async Task<Result<string>> GetArchiveAsync(string sha256, string tarFile, CancellationToken ct)
    {
        var archive = data.PackagePath(sha256);
        if (!File.Exists(archive))
        {
            return await FetchAsync(sha256, tarFile, archive, ct).ConfigureAwait(false);
        }

        await using var file = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return await CheckAsync(file, sha256, ct).ConfigureAwait(false) is { } wrong ? wrong : archive;
    }

    private async Task<Result<string>> FetchAsync(string sha256, string tarFile, string archive, CancellationToken ct)
    {
        if (!Uri.TryCreate(tarFile, UriKind.Absolute, out var url))
        {
            return new InvalidError("tar_file", "package.url_invalid");
        }

        var answer = await egress.GetAsync(url, MaxArchiveBytes, ct).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            return answer.Error;
        }

        var temporary = TemporaryPath();
        try
        {
            await using (answer.Value.ConfigureAwait(false))
            {
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous };
                await using var file = new FileStream(temporary, options);
                await answer.Value.CopyToAsync(file, ct).ConfigureAwait(false);
                file.Position = 0;
                if (await CheckAsync(file, sha256, ct).ConfigureAwait(false) is { } wrong)
                {
                    return wrong;
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, archive, overwrite: true);
            return archive;
        }
        catch (EgressTooLargeException)
        {
            return new InvalidError("tar_file", "package.too_large", MaxArchiveBytes >> 20);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            logger.LogWarning(exception, "The package {Sha256} was not fetched", sha256);
            return new UnavailableError("package.download_broke_off");
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private async Task<Result<string>> UnpackAsync(string archive, string folder, CancellationToken ct)
    {
        var temporary = TemporaryPath();
        var unpacked = await unpacker.UnpackAsync(archive, temporary, ct).ConfigureAwait(false);
        if (!unpacked.IsSuccess)
        {
            return unpacked.Error;
        }

        try
        {
            Directory.Move(temporary, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process on the same data directory was faster; both unpacked the same bytes.
            PackageUnpacker.Remove(temporary);
        }

        return folder;
    }

    private static async Task<InvalidError?> CheckAsync(Stream file, string sha256, CancellationToken ct)
    {
        var actual = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct).ConfigureAwait(false));
        return actual == sha256 ? null : new InvalidError("package_sha256", "package.digest_differs", sha256, actual);
    }

    private string TemporaryPath() => Path.Combine(data.PackageCache, TemporaryPrefix + Guid.NewGuid().ToString("n"));
}
