using System.Text.Json;

namespace AvaConsole.Core.Configuration.Etcd;

/// <summary>One open answer of <c>/v3/watch</c>: a line of JSON for each message.</summary>
internal sealed class EtcdWatchStream(Uri endpoint, HttpResponseMessage response, Stream body) : IDisposable
{
    private readonly StreamReader _lines = new(body);
    private Task<string?>? _pending;

    public Uri Endpoint { get; } = endpoint;

    /// <summary>The next message. <see cref="TimeoutException"/>: none came, and the stream can still be read.</summary>
    /// <exception cref="EtcdUnreachableException">The stream has ended.</exception>
    public async Task<EtcdWatchResponse> ReadAsync(TimeSpan limit, CancellationToken ct)
    {
        // A read cannot be given up and begun anew without losing data: the pending one is awaited again.
        _pending ??= _lines.ReadLineAsync(CancellationToken.None).AsTask();
        try
        {
            var line = await _pending.WaitAsync(limit, ct).ConfigureAwait(false);
            _pending = null;
            var message = JsonSerializer.Deserialize<EtcdStreamLine<EtcdWatchResponse>>(line ?? "{}", EtcdJson.Options);
            return message?.Result ?? throw ToException(message?.Error);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or JsonException or ObjectDisposedException)
        {
            throw new EtcdUnreachableException("A watch was cut.", sent: true, failure);
        }
    }

    public void Dispose()
    {
        // Ends a pending read, whose failure nobody awaits any more.
        _pending?.ContinueWith(static read => _ = read.Exception, TaskScheduler.Default);
        response.Dispose();
    }

    private static Exception ToException(EtcdStreamError? error) => error is { } known && EtcdRefusedException.IsRefusal(known.GrpcCode)
        ? new EtcdRefusedException(known.GrpcCode, known.Message ?? "etcd ended a watch.")
        : new EtcdUnreachableException($"A watch ended. {error?.Message}", sent: true);
}
