using System.Buffers;
using System.Security.Cryptography;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Releases;

/// <summary>A received archive that is not yet kept; its file goes when disposed unless it was.</summary>
internal sealed record StagedPackage(string Path, string Sha256, long Size) : IDisposable
{
    public void Dispose() => File.Delete(Path);
}

/// <summary>Brings archives to disk. Nothing half-written ever has the name of a package.</summary>
public sealed class PackageFiles(DataDirectory data)
{
    internal const long MaxBytes = 8L * 1024 * 1024 * 1024;

    private const int BufferSize = 1 << 20;
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>Tests open what is full.</summary>
    internal Func<string, FileStream> Open { get; init; } = path => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);

    /// <summary>Reads to the end, hashing on the way. Errors: <c>package.too_large</c> (MiB), <c>package.empty</c>, <c>package.disk_full</c>.</summary>
    internal async Task<Result<StagedPackage>> ReceiveAsync(Stream content, long maxBytes, IProgress<long>? progress, CancellationToken ct)
    {
        Directory.CreateDirectory(data.Staging);
        var path = Path.Combine(data.Staging, Guid.NewGuid().ToString("n") + ".part");
        try
        {
            var (sha256, size) = await WriteAsync(content, path, maxBytes, progress, ct).ConfigureAwait(false);
            if (size > 0 && size <= maxBytes)
            {
                return new StagedPackage(path, sha256, size);
            }

            File.Delete(path);
            return size == 0 ? new InvalidError("Package", "package.empty") : new InvalidError("Package", "package.too_large", maxBytes >> 20);
        }
        catch (EgressTooLargeException)
        {
            File.Delete(path);
            return new InvalidError("Package", "package.too_large", maxBytes >> 20);
        }
        catch (IOException exception) when (exception.HResult is NoSpace or QuotaExceeded)
        {
            File.Delete(path);
            return new UnavailableError("package.disk_full");
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Gives the archive its final name, at once and wholly.</summary>
    internal void Keep(StagedPackage staged)
    {
        Directory.CreateDirectory(data.Packages);
        File.Move(staged.Path, data.PackagePath(staged.Sha256), overwrite: true);
    }

    internal bool Holds(string sha256) => File.Exists(data.PackagePath(sha256));

    private async Task<(string Sha256, long Size)> WriteAsync(Stream content, string path, long maxBytes, IProgress<long>? progress, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var file = Open(path);
            long size = 0;
            int read;
            while (size <= maxBytes && (read = await content.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0)
            {
                size += read;
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), ct).ConfigureAwait(false);
                progress?.Report(size);
            }

            // Renaming must not be seen before the bytes are: a power cut would leave a package of zeros.
            file.Flush(flushToDisk: true);
            return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
