namespace AvaConsole.Core.Common;

/// <summary>The only way to fetch a URL that a person typed: scheme, host and address rules, redirects re-checked, capped.</summary>
public interface IEgressClient
{
    /// <summary>
    /// Starts a GET and hands over the body as it arrives. What may not or cannot be fetched comes back as an error with codes
    /// <c>egress.*</c>. Reading past <paramref name="maxBytes"/> throws <see cref="EgressTooLargeException"/>.
    /// </summary>
    Task<Result<Stream>> GetAsync(Uri url, long maxBytes, CancellationToken ct);
}

/// <summary>The body was longer than its reader allowed.</summary>
public sealed class EgressTooLargeException(long maxBytes) : IOException($"The body is longer than {maxBytes} bytes.")
{
    public long MaxBytes { get; } = maxBytes;
}
