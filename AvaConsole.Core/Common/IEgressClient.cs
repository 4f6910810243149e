namespace AvaConsole.Core.Common;

/// <summary>
/// The only way to fetch a URL that a person typed. Scheme, port and every resolved address are checked against the egress
/// rules, redirects again at each hop; time and bytes are bounded.
/// </summary>
public interface IEgressClient
{
    /// <summary>
    /// Starts a GET and hands over the body as it arrives. What may not or cannot be fetched comes back as an error with codes
    /// <c>egress.*</c>. Reading past <paramref name="maxBytes"/> throws <see cref="EgressTooLargeException"/>.
    /// </summary>
    /// <param name="url">Absolute, <c>http</c> or <c>https</c>.</param>
    Task<Result<Stream>> GetAsync(Uri url, long maxBytes, CancellationToken ct);
}

/// <summary>The body was longer than its reader allowed.</summary>
public sealed class EgressTooLargeException(long maxBytes) : IOException($"The body is longer than {maxBytes} bytes.")
{
    public long MaxBytes { get; } = maxBytes;
}

public static class EgressClientExtensions
{
    /// <summary>The whole body; one that is longer than <paramref name="maxBytes"/> is <c>egress.too_large</c>.</summary>
    public static async Task<Result<byte[]>> GetBytesAsync(this IEgressClient egress, Uri url, long maxBytes, CancellationToken ct)
    {
        var answer = await egress.GetAsync(url, maxBytes, ct).ConfigureAwait(false);
        if (!answer.IsSuccess)
            return answer.Error;
        try
        {
            await using var body = answer.Value.ConfigureAwait(false);
            using var buffer = new MemoryStream();
            await answer.Value.CopyToAsync(buffer, ct).ConfigureAwait(false);
            return buffer.ToArray();
        }
        catch (EgressTooLargeException)
        {
            return new InvalidError("url", "egress.too_large", maxBytes);
        }
    }
}
