using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using AvaConsole.Core.Common;
using Microsoft.AspNetCore.Http.Features;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>The body of an inference request, unpacked, in memory from the pool.</summary>
internal sealed class InferBody : IDisposable
{
    public const string HeaderLength = "Inference-Header-Content-Length";

    /// <summary>The binary tensors begin at a multiple of this.</summary>
    private const int Alignment = 64;
    private const int FirstCapacity = 256 * 1024;
    private const int Chunk = 81920;

    private readonly PooledBytes _bytes;
    private readonly int _padding;

    private InferBody(PooledBytes bytes, int padding, int jsonLength) => (_bytes, _padding, JsonLength) = (bytes, padding, jsonLength);

    public ReadOnlyMemory<byte> Bytes => _bytes.Written[_padding..];

    /// <summary>Bytes that are JSON; 0 where the whole body is one tensor.</summary>
    public int JsonLength { get; }

    /// <summary>Somebody may still read it.</summary>
    public void Abandon() => _bytes.Abandon();

    public void Dispose() => _bytes.Dispose();

    /// <param name="share">Holds the body's bytes until the call is answered.</param>
    public static async Task<Result<InferBody>> ReadAsync(HttpRequest request, BodyBudget.Share share, long maxBytes, CancellationToken ct)
    {
        if (!TryReadHeaderLength(request, out var headerLength))
        {
            return new InvalidError(HeaderLength, "oip.header_length");
        }

        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity" or "gzip" or "x-gzip"))
        {
            return new EncodingError(encoding.Length <= 32 ? encoding : encoding[..32]);
        }

        if (request.ContentLength > maxBytes)
        {
            return new BodyTooLargeError(maxBytes);
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = maxBytes;
        }

        var padding = -(headerLength ?? 0) & (Alignment - 1);
        var isPacked = encoding.EndsWith("gzip", StringComparison.Ordinal);
        var read = await ReceiveAsync(request, isPacked ? 0 : padding, share, maxBytes, ct);
        if (read.IsSuccess && isPacked)
        {
            var packed = read.Value;
            read = await Task.Run(() => Unpack(packed, padding, share, maxBytes), ct);
        }

        return read.IsSuccess ? Bound(read.Value, padding, headerLength) : read.Error;
    }

    private static Result<InferBody> Bound(PooledBytes bytes, int padding, int? headerLength)
    {
        var length = bytes.Length - padding;
        if (headerLength is null || headerLength <= length)
        {
            return new InferBody(bytes, padding, headerLength ?? length);
        }

        bytes.Dispose();
        return new InvalidError(HeaderLength, "oip.header_length");
    }

    private static bool TryReadHeaderLength(HttpRequest request, out int? length)
    {
        length = null;
        if (!request.Headers.TryGetValue(HeaderLength, out var given))
        {
            return true;
        }

        var isNumber = int.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        length = number;
        return isNumber;
    }

    /// <param name="padding">Bytes to leave free before the first.</param>
    private static async Task<Result<PooledBytes>> ReceiveAsync(HttpRequest request, int padding, BodyBudget.Share share, long maxBytes, CancellationToken ct)
    {
        // What is announced is not yet sent: memory grows with what arrives.
        var target = new PooledBytes((int)Math.Min(request.ContentLength ?? 4096, FirstCapacity) + Alignment);
        target.Advance(padding);
        var error = await FillAsync(target, request.BodyReader, share, maxBytes, ct);
        if (error is null)
        {
            return target;
        }

        target.Dispose();
        return error;
    }

    private static async Task<Error?> FillAsync(PooledBytes target, PipeReader source, BodyBudget.Share share, long maxBytes, CancellationToken ct)
    {
        try
        {
            var total = 0L;
            while (true)
            {
                var read = await source.ReadAsync(ct);
                var length = read.Buffer.Length;
                total += length;
                var isHeld = total <= maxBytes && share.TryTake((int)length);
                foreach (var segment in isHeld ? read.Buffer : default)
                {
                    target.Write(segment.Span);
                }

                source.AdvanceTo(read.Buffer.End);
                if (!isHeld)
                {
                    return total > maxBytes ? new BodyTooLargeError(maxBytes) : new BusyError("serving.busy", 1);
                }

                if (read.IsCompleted)
                {
                    return null;
                }
            }
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new BodyTooLargeError(maxBytes)
                : new InvalidError("$", "request.body_broken");
        }
    }

    private static Result<PooledBytes> Unpack(PooledBytes packed, int padding, BodyBudget.Share share, long maxBytes)
    {
        var target = new PooledBytes(4 * packed.Length + Alignment);
        target.Advance(padding);
        Error? error;
        using (packed)
        {
            error = Unpack(packed, target, share, maxBytes);
        }

        if (error is null)
        {
            return target;
        }

        target.Dispose();
        return error;
    }

    private static Error? Unpack(PooledBytes packed, PooledBytes target, BodyBudget.Share share, long maxBytes)
    {
        try
        {
            using var source = new MemoryStream(packed.Written.ToArray());
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            var limit = Math.Max(InferLimits.FreeInflation, (long)packed.Length * InferLimits.MaxInflation);
            var total = 0L;
            for (var read = gzip.Read(target.GetSpan(Chunk)); read > 0; read = gzip.Read(target.GetSpan(Chunk)))
            {
                target.Advance(read);
                total += read;
                if (Refuse(total, limit, maxBytes) is { } refused)
                {
                    return refused;
                }

                if (!share.TryTake(read))
                {
                    return new BusyError("serving.busy", 1);
                }
            }

            return total > 0 || packed.Length == 0 ? null : new InvalidError("$", "request.not_gzip");
        }
        catch (InvalidDataException)
        {
            return new InvalidError("$", "request.not_gzip");
        }
    }

    private static Error? Refuse(long total, long limit, long maxBytes) =>
        total > maxBytes ? new BodyTooLargeError(maxBytes)
        : total > limit ? new InvalidError("$", "oip.inflation", InferLimits.MaxInflation)
        : null;
}
