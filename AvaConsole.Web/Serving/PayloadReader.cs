using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using Microsoft.Extensions.Options;

namespace AvaConsole.Web.Serving;

/// <summary>Turns the payload entries of a valid request into bytes: base64, text, JSON, <c>data:</c> and <c>http(s):</c> URIs.</summary>
internal sealed class PayloadReader(IEgressClient egress, IOptions<ServingOptions> options, ILogger<PayloadReader> logger)
{
    /// <summary>Bytes of one payload entry after decoding.</summary>
    public const int MaxEntryBytes = 10 * 1024 * 1024;

    public async Task<Result<byte[]>> ReadAsync(string path, PayloadEntry entry, JsonElement value, CancellationToken ct)
    {
        var read = await ReadSourceAsync(path, value, ct);
        if (!read.IsSuccess)
        {
            return read;
        }

        var (bytes, isText) = (read.Value, value.TryGetProperty("text", out _) || value.TryGetProperty("json", out _));
        if (bytes.Length > MaxEntryBytes)
        {
            return new InvalidError(path, "request.payload_too_large", MaxEntryBytes);
        }

        return !isText && IsZipped(entry, value) ? Unzip(path, bytes) : bytes;
    }

    /// <summary>By the caller's word where it gives one; the first of the entry's otherwise.</summary>
    private static bool IsZipped(PayloadEntry entry, JsonElement value) =>
        value.TryGetProperty("compress", out var given)
            ? given.ValueEquals("gzip")
            : entry.Compressions.Count > 0 && entry.Compressions[0] == "gzip";

    /// <summary>A <c>data:</c> URI's bytes, or those that an <c>http(s):</c> URI leads to.</summary>
    public async Task<Result<byte[]>> FetchAsync(string path, string uri, CancellationToken ct)
    {
        if (uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return FromDataUri(path, uri);
        }

        if (!Uri.TryCreate(uri, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return new InvalidError(path, "request.uri_scheme");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.FetchSeconds));

        // Why it failed would tell an outsider what the inside of the network looks like; the log says it.
        try
        {
            var fetched = await egress.GetBytesAsync(url, MaxEntryBytes, limit.Token);
            if (fetched.IsSuccess)
            {
                return fetched;
            }

            logger.LogInformation("A payload could not be fetched from {Host}: {Code}", url.Host, CodeOf(fetched.Error));
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            logger.LogInformation(exception, "A payload broke off on its way from {Host}", url.Host);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            logger.LogInformation("A payload took longer than {Seconds} s on its way from {Host}", options.Value.FetchSeconds, url.Host);
        }

        return new InvalidError(path, "request.uri_not_fetched");
    }

    private static string CodeOf(Error error) => error is InvalidError { Problems: [var first, ..] } ? first.Code : error.Code;

    private async Task<Result<byte[]>> ReadSourceAsync(string path, JsonElement value, CancellationToken ct)
    {
        if (value.TryGetProperty("text", out var text))
        {
            return Encoding.UTF8.GetBytes(text.GetString()!);
        }

        if (value.TryGetProperty("json", out var json))
        {
            return Encoding.UTF8.GetBytes(json.GetRawText());
        }

        if (value.TryGetProperty("uri", out var uri))
        {
            return await FetchAsync(path + ".uri", uri.GetString()!, ct);
        }

        return value.GetProperty("data").TryGetBytesFromBase64(out var bytes) ? bytes : new InvalidError(path + ".data", "request.not_base64");
    }

    private static Result<byte[]> FromDataUri(string path, string uri)
    {
        // data:image/png;base64,iVBORw0… — the media type says nothing that the bytes do not say better.
        var comma = uri.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !uri.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            return new InvalidError(path, "request.bad_data_uri");
        }

        var bytes = new byte[(uri.Length - comma) / 4 * 3 + 3];
        return Convert.TryFromBase64Chars(uri.AsSpan(comma + 1), bytes, out var length) && length > 0
            ? bytes[..length]
            : new InvalidError(path, "request.bad_data_uri");
    }

    private static Result<byte[]> Unzip(string path, byte[] bytes)
    {
        using var target = new MemoryStream();
        using var source = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var buffer = new byte[81920];
        try
        {
            for (var read = source.Read(buffer); read > 0; read = source.Read(buffer))
            {
                if (target.Length + read > MaxEntryBytes)
                {
                    return new InvalidError(path, "request.payload_too_large", MaxEntryBytes);
                }

                target.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            return new InvalidError(path, "request.not_gzip");
        }

        return target.ToArray();
    }
}
