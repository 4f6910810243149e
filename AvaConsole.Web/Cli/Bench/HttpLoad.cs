using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AvaConsole.Web.Cli.Bench;

/// <summary>What a closed loop saw.</summary>
/// <param name="PerSecond">Good answers in a second.</param>
/// <param name="Errors">Answers other than 200, and connections that broke.</param>
internal sealed record LoadFigures(double PerSecond, TimeSpan P50, TimeSpan P90, TimeSpan P99, long Errors)
{
    /// <param name="ticks">Of the stopwatch, one for each good answer, in any order; is sorted.</param>
    public static LoadFigures From(List<long> ticks, long errors, TimeSpan duration)
    {
        ticks.Sort();
        return new LoadFigures(ticks.Count / duration.TotalSeconds, At(ticks, 0.5), At(ticks, 0.9), At(ticks, 0.99), errors);
    }

    /// <summary>The round whose throughput is in the middle.</summary>
    public static LoadFigures Median(IReadOnlyList<LoadFigures> rounds) =>
        rounds.OrderBy(round => round.PerSecond).ElementAt(rounds.Count / 2) with { Errors = rounds.Sum(round => round.Errors) };

    private static TimeSpan At(List<long> sorted, double share) =>
        sorted.Count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(0, sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)]);
}

/// <summary>
/// Clients that send the same request over a connection of their own, each as soon as it has its answer. Written on sockets and with a thread for
/// each: a client of any comfort would cost as much as what is measured, on the same machine.
/// </summary>
internal static class HttpLoad
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(500);

    /// <summary>The bytes of a POST.</summary>
    /// <param name="headers">Further lines, each with its line end.</param>
    public static byte[] Request(Uri url, byte[] body, string headers = "") =>
        [.. Encoding.ASCII.GetBytes($"POST {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\n\r\n"), .. body];

    public static LoadFigures Run(Uri url, byte[] request, int clients, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var window = new Window(start + Ticks(s_warmUp), start + Ticks(s_warmUp + duration));
        var loops = Enumerable.Range(0, clients).Select(_ => new Client(url, request, window)).ToList();
        var threads = loops.ConvertAll(loop => new Thread(loop.Run) { IsBackground = true });
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return LoadFigures.From([.. loops.SelectMany(loop => loop.Latencies)], loops.Sum(loop => loop.Errors), duration);
    }

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);

    private readonly record struct Window(long Start, long End);

    private sealed class Client(Uri url, byte[] request, Window window)
    {
        private const int GiveUp = 20;

        private byte[] _buffer = new byte[64 * 1024];

        public List<long> Latencies { get; } = new(64 * 1024);

        public long Errors { get; private set; }

        public void Run()
        {
            // A server that does not answer at all is not asked for ever.
            while (Stopwatch.GetTimestamp() < window.End && Errors < GiveUp)
            {
                try
                {
                    using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
                    socket.Connect(IPAddress.TryParse(url.Host, out var address) ? address : IPAddress.Loopback, url.Port);
                    Loop(socket);
                }
                catch (SocketException)
                {
                    Errors++;
                }
            }
        }

        private void Loop(Socket socket)
        {
            for (var sent = Stopwatch.GetTimestamp(); sent < window.End;)
            {
                for (var at = 0; at < request.Length;)
                {
                    at += socket.Send(request.AsSpan(at));
                }

                var isGood = Receive(socket);
                var received = Stopwatch.GetTimestamp();
                if (!isGood)
                {
                    Errors++;
                    return;
                }

                if (sent >= window.Start && received <= window.End)
                {
                    Latencies.Add(received - sent);
                }

                sent = received;
            }
        }

        private bool Receive(Socket socket)
        {
            var (filled, head, length) = (0, -1, 0);
            while (head < 0 || filled < head + length)
            {
                if (filled == _buffer.Length)
                {
                    Array.Resize(ref _buffer, _buffer.Length * 2);
                }

                var read = socket.Receive(_buffer.AsSpan(filled));
                if (read == 0)
                {
                    return false;
                }

                filled += read;
                if (head < 0 && (head = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) >= 0)
                {
                    head += 4;
                    length = LengthOf(_buffer.AsSpan(0, head));
                }
            }

            return length >= 0 && _buffer.AsSpan().StartsWith("HTTP/1.1 200"u8);
        }

        /// <summary>-1 where the answer does not say it.</summary>
        private static int LengthOf(ReadOnlySpan<byte> head)
        {
            foreach (var line in head.Split("\r\n"u8))
            {
                var text = head[line];
                if (text.Length > 15 && Ascii.EqualsIgnoreCase(text[..15], "content-length:"u8))
                {
                    return Utf8Parser.TryParse(text[15..].TrimStart((byte)' '), out int length, out _) ? length : -1;
                }
            }

            return -1;
        }
    }
}
