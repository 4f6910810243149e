using System.Security.Cryptography;
using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Inference.Packages;

/// <summary>
/// The files that releases bring beside their packages, in folders of their own: a package's folder stays what its digest says. A release's
/// files are fetched once, all or none, and kept over restarts, so that what was verified is what is served however its source changes.
/// </summary>
public sealed class CustomFileCache(
    DataDirectory data, IEgressClient egress, TimeProvider clock, ILogger<CustomFileCache> logger, CustomFileLimits? limits = null)
{
    private const int DiskFull = 28; // ENOSPC, which .NET hands on as the HResult.

    private readonly CustomFileLimits _limits = limits ?? new CustomFileLimits();
    private readonly CacheFolder _folders = new(Path.Combine(data.PackageCache, "files"), clock, logger);

    /// <summary>Names the folder: of this release with these names and addresses.</summary>
    public static string KeyOf(string app, string version, IReadOnlyDictionary<string, string> files)
    {
        var parts = files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => (string[])[file.Key, file.Value]);
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes((string[])[app, version, .. parts])));
    }

    /// <summary>The folder with the files, leased; errors are all <c>package.custom_file_failed</c> and name the file and the cause.</summary>
    /// <param name="files">Name to address.</param>
    /// <param name="beside">The folder of the package's model, whose files the names must not hide.</param>
    /// <param name="renew">Fetches again what is there and not in use: for drafts, whose files may still be worked on.</param>
    public async Task<Result<CacheLease>> GetFolderAsync(
        string app, string version, IReadOnlyDictionary<string, string> files, string beside, bool renew, CancellationToken ct)
    {
        if (Check(files, beside) is { } refused)
        {
            return refused;
        }

        return await _folders.GetAsync(KeyOf(app, version, files), renew, (folder, cancelled) => FetchAllAsync(files, folder, cancelled), ct).ConfigureAwait(false);
    }

    /// <summary>Removes the files of releases that are not wanted, not in use and were not used for <paramref name="age"/>.</summary>
    public int Prune(IReadOnlySet<string> wanted, TimeSpan age) => _folders.Prune(wanted, age);

    /// <summary>The live configuration has many writers: what the form refuses is refused here too.</summary>
    private static Error? Check(IReadOnlyDictionary<string, string> files, string beside)
    {
        if (files.Count > CustomFileRules.MaxFiles)
        {
            return new InvalidError("custom_files", "release.too_many_custom_files", CustomFileRules.MaxFiles);
        }

        foreach (var (name, url) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (!CustomFileRules.IsName(name))
            {
                return Failed(name, new InvalidError("", "release.custom_file_name", EntryName.Show(name)));
            }

            if (!CustomFileRules.TryParseUrl(url, out _))
            {
                return Failed(name, new InvalidError("", "release.custom_file_url", name));
            }

            // Labels are meant to take the place of the package's.
            if (Path.Exists(Path.Combine(beside, name)) && !PackageContent.AreLabels(beside, name))
            {
                return Failed(name, new InvalidError("", "package.custom_file_collides"));
            }
        }

        return null;
    }

    private async Task<Result<string>> FetchAllAsync(IReadOnlyDictionary<string, string> files, string folder, CancellationToken ct)
    {
        PackageUnpacker.CreateFolder(folder);
        var complete = false;
        try
        {
            var left = _limits.TotalBytes;
            foreach (var (name, url) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                var fetched = await FetchAsync(new Uri(url), Path.Combine(folder, name), left, ct).ConfigureAwait(false);
                if (!fetched.IsSuccess)
                {
                    return Failed(name, fetched.Error);
                }

                left -= fetched.Value;
            }

            complete = true;
            return folder;
        }
        finally
        {
            if (!complete)
            {
                PackageUnpacker.Remove(folder);
            }
        }
    }

    /// <summary>Its length.</summary>
    private async Task<Result<long>> FetchAsync(Uri url, string path, long left, CancellationToken ct)
    {
        var most = Math.Min(_limits.FileBytes, left);
        var answer = await egress.GetAsync(url, most, ct).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            return answer.Error is InvalidError { Problems: [{ Code: "egress.too_large" }] } ? TooLarge(most) : answer.Error;
        }

        try
        {
            await using var body = answer.Value.ConfigureAwait(false);
            await using var file = PackageUnpacker.CreateFile(path);
            await answer.Value.CopyToAsync(file, ct).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
            return file.Length;
        }
        catch (EgressTooLargeException)
        {
            return TooLarge(most);
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) == DiskFull)
        {
            return new UnavailableError("package.disk_full");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            logger.LogWarning(exception, "A custom file broke off on its way from {Host}", url.Host);
            return new UnavailableError("package.download_broke_off");
        }
    }

    private InvalidError TooLarge(long most) => most == _limits.FileBytes
        ? new InvalidError("", "package.custom_file_too_large", _limits.FileBytes >> 20)
        : new InvalidError("", "package.custom_files_too_large", _limits.TotalBytes >> 20);

    /// <summary>Of the cause's kind: an outage is tried again, what is wrong stays wrong.</summary>
    private static Error Failed(string name, Error cause)
    {
        const string Code = "package.custom_file_failed";
        var args = ErrorCause.Args(EntryName.Show(name), cause);
        return cause is InvalidError or NotFoundError or ForbiddenError ? new InvalidError($"custom_files:{EntryName.Show(name)}", Code, args) : new UnavailableError(Code, args);
    }
}
