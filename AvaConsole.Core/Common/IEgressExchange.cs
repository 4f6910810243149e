namespace AvaConsole.Core.Common;

/// <summary>
/// One request and its answer under the rules of <see cref="IEgressClient"/>, for protocols that need headers, <c>HEAD</c> and statuses besides 200.
/// A redirect is an answer like any other: whether to follow it, and with what, is the protocol's decision, and each hop is checked again.
/// </summary>
public interface IEgressExchange
{
    /// <summary>Sends the request and reads the whole answer. What may not or cannot be asked comes back as an error with codes <c>egress.*</c>.</summary>
    Task<Result<EgressAnswer>> SendAsync(EgressRequest request, CancellationToken ct);
}

/// <param name="Method">One without a body.</param>
/// <param name="Url">Absolute, <c>http</c> or <c>https</c>.</param>
/// <param name="MaxBytes">A longer body is <c>egress.too_large</c>.</param>
/// <param name="Deadline">For the whole exchange, the body with it; past it the error is <c>egress.timeout</c>.</param>
public sealed record EgressRequest(HttpMethod Method, Uri Url, long MaxBytes, TimeSpan Deadline)
{
    /// <summary>Sent as they are; values may be secret and are never logged.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}

/// <param name="Url">That answered.</param>
/// <param name="Headers">Each value as it was sent; use <see cref="Header"/> where one is expected.</param>
/// <param name="Body">Empty for a <c>HEAD</c>.</param>
public sealed record EgressAnswer(Uri Url, int Status, ILookup<string, string> Headers, byte[] Body)
{
    /// <summary>The header's first value; empty where it was not sent.</summary>
    public string Header(string name) => Headers[name].FirstOrDefault("");
}
