using System.Security.Cryptography;
using AvaConsole.Core.Common;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Inference.Packages;

/// <summary>Unpacked packages by digest, and the archives that they came from.</summary>
public sealed class PackageCache(DataDirectory data, PackageUnpacker unpacker, IEgressClient egress, TimeProvider clock, ILogger<PackageCache> logger)
{
    private const long MaxArchiveBytes = 8L << 30;

    private readonly CacheFolder _folders = new(data.PackageCache, clock, logger);

    /// <summary>The unpacked folder, leased. Fetches, checks and unpacks what is missing.</summary>
    /// <param name="sha256">64 lower-case hexadecimal digits.</param>
    /// <param name="tarFile">Fetched from there where the archive is not here.</param>
    public async Task<Result<CacheLease>> GetFolderAsync(string sha256, string tarFile, CancellationToken ct)
    {
        if (!PackageDigest.IsValid(sha256))
        {
            return new InvalidError("package_sha256", "package.digest_invalid");
        }

        return await _folders.GetAsync(sha256, renew: false, MakeAsync, ct).ConfigureAwait(false);

        async Task<Result<string>> MakeAsync(string folder, CancellationToken cancelled)
        {
            Directory.CreateDirectory(data.Packages);
            var archive = await GetArchiveAsync(sha256, tarFile, cancelled).ConfigureAwait(false);
            if (!archive.IsSuccess)
            {
                return archive.Error;
            }

            var unpacked = await unpacker.UnpackAsync(archive.Value, folder, cancelled).ConfigureAwait(false);
            return unpacked.IsSuccess ? folder : unpacked.Error;
        }
    }

    /// <summary>Removes unpacked packages that are not wanted, not in use and were not used for <paramref name="age"/>. Archives stay.</summary>
    public int Prune(IReadOnlySet<string> wanted, TimeSpan age) => _folders.Prune(wanted, age);

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

        var temporary = _folders.TemporaryPath();
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

    private static async Task<InvalidError?> CheckAsync(Stream file, string sha256, CancellationToken ct)
    {
        var actual = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct).ConfigureAwait(false));
        return actual == sha256 ? null : new InvalidError("package_sha256", "package.digest_differs", sha256, actual);
    }
}
