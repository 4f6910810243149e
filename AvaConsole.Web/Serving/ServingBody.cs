using AvaConsole.Core.Common;
using Microsoft.AspNetCore.Http.Features;

namespace AvaConsole.Web.Serving;

/// <summary>Reads the body of a call, up to a limit.</summary>
internal static class ServingBody
{
    public const int MaxBytes = 16 * 1024 * 1024;
    private const int FirstCapacity = 256 * 1024;

    /// <param name="share">Holds the body's bytes until the call is answered.</param>
    public static async Task<Result<MemoryStream>> ReadAsync(HttpRequest request, BodyBudget.Share share, CancellationToken ct)
    {
        if (request.ContentLength > MaxBytes)
        {
            return new BodyTooLargeError(MaxBytes);
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = MaxBytes;
        }

        try
        {
            return await CopyAsync(request.Body, request.ContentLength ?? 0, share, ct);
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new BodyTooLargeError(MaxBytes)
                : new InvalidError("$", "request.body_broken");
        }
    }

    private static async Task<Result<MemoryStream>> CopyAsync(Stream source, long announced, BodyBudget.Share share, CancellationToken ct)
    {
        // What is announced is not yet sent: memory grows with what arrives.
        var target = new MemoryStream((int)Math.Min(announced, FirstCapacity));
        var buffer = new byte[81920];
        for (var read = await source.ReadAsync(buffer, ct); read > 0; read = await source.ReadAsync(buffer, ct))
        {
            if (target.Length + read > MaxBytes)
            {
                return new BodyTooLargeError(MaxBytes);
            }

            if (!share.TryTake(read))
            {
                return new BusyError("serving.busy", 1);
            }

            target.Write(buffer, 0, read);
        }

        return target;
    }
}
