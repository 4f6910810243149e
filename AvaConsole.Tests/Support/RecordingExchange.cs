using System.Collections.Concurrent;
using AvaConsole.Core.Common;
using AvaConsole.Core.Common.Egress;

namespace AvaConsole.Tests.Support;

/// <summary>The egress client, with a note of each request that it was given.</summary>
public sealed class RecordingExchange(EgressClient inner) : IEgressExchange
{
    public ConcurrentQueue<EgressRequest> Sent { get; } = new();

    /// <summary>Method and path, in order.</summary>
    public IEnumerable<string> Lines => Sent.Select(request => $"{request.Method} {request.Url.AbsolutePath}");

    public Task<Result<EgressAnswer>> SendAsync(EgressRequest request, CancellationToken ct)
    {
        Sent.Enqueue(request);
        return inner.SendAsync(request, ct);
    }
}
