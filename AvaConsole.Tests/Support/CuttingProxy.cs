using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AvaConsole.Tests.Support;

/// <summary>
/// Forwards TCP connections of a loopback port to another, until a client sends a certain text: then the connection is cut
/// either before that reaches the server or when the server answers.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile string? _text;
    private volatile bool _forwardFirst;
    private volatile int _generation;
    private volatile bool _holds;
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CuttingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Number of connections that were cut.</summary>
    public int Cuts { get; private set; }

    public void CutAnswerTo(string text)
    {
        _forwardFirst = true;
        _text = text;
    }

    public void CutRequest(string text)
    {
        _forwardFirst = false;
        _text = text;
    }

    /// <summary>The answer arrives here but is not passed on, and the connection stays open.</summary>
    public void HoldAnswerTo(string text)
    {
        _holds = true;
        CutAnswerTo(text);
    }

    /// <summary>Ends when an answer is held.</summary>
    public Task Held => _held.Task;

    public void Forward() => _text = null;

    /// <summary>The present connections stay open but carry nothing any more, as when a firewall forgot them.</summary>
    public void StallOpenConnections() => _generation++;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                var cut = new TaskCompletionSource();
                var up = UpAsync(client.GetStream(), server.GetStream(), cut);
                var down = DownAsync(server.GetStream(), client.GetStream(), cut.Task);
                await await Task.WhenAny(up, down);
            }
            catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side has gone; closing both tells the other.
            }
        }
    }

    private async Task UpAsync(NetworkStream client, NetworkStream server, TaskCompletionSource cut)
    {
        var buffer = new byte[65536];
        while (await client.ReadAsync(buffer, _stop.Token) is > 0 and var count)
        {
            if (_text is { } text && buffer.AsSpan(0, count).IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
            {
                Cuts++;
                cut.TrySetResult();
                if (!_forwardFirst)
                    return;
            }

            await server.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }

    private async Task DownAsync(NetworkStream server, NetworkStream client, Task cut)
    {
        var generation = _generation;
        var buffer = new byte[65536];
        while (await server.ReadAsync(buffer, _stop.Token) is > 0 and var count)
        {
            if (cut.IsCompleted)
            {
                if (!_holds)
                    return;
                _held.TrySetResult();
                continue;
            }

            if (generation != _generation)
                continue;
            await client.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }
}
