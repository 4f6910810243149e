using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AvaConsole.Web.Features.Home;
using AvaConsole.Web.Serving;

namespace AvaConsole.Web.Cli.Bench.Soak;

/// <summary>One caller in a closed loop: the next request when the last is answered. Every second one speaks AVA's form.</summary>
internal sealed class SoakClient(HttpClient http, int number) : IDisposable
{
    private const int MostFailures = 20;

    private readonly byte[][] _pictures = [.. ExamplePackage.Default.ListPictures().Select(picture => File.ReadAllBytes(picture.Path))];
    private readonly bool _isEval = number % 2 == 1;

    public LatencyHistogram Latencies { get; } = new();

    /// <summary>What went wrong, as often as it did; of many kinds only some are kept.</summary>
    public Dictionary<string, int> Failures { get; } = new(StringComparer.Ordinal);

    /// <summary>Versions that answered.</summary>
    public HashSet<string> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>Calls until it is told to stop; the last call is finished.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var call = 0; !stop.IsCancellationRequested; call++)
        {
            var started = Stopwatch.GetTimestamp();
            await CallAsync(_pictures[(call + number) % _pictures.Length]);
            Latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task CallAsync(byte[] picture)
    {
        try
        {
            using var content = new ByteArrayContent(_isEval ? picture : ServingJson.ForPicture("image", picture, null));
            content.Headers.ContentType = new MediaTypeHeaderValue(_isEval ? "application/octet-stream" : "application/json");
            using var response = await http.PostAsync(new Uri((_isEval ? "v1/eval/" : "api/content/") + SoakChanges.App, UriKind.Relative), content);
            var body = await response.Content.ReadAsByteArrayAsync();
            if (response.StatusCode != HttpStatusCode.OK)
            {
                Fail($"{(int)response.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}");
                return;
            }

            Read(body);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException)
        {
            Fail(exception.GetType().Name + ": " + exception.Message);
        }
    }

    /// <summary>An answer that is none counts as a failure, too.</summary>
    private void Read(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        if (document.RootElement.GetProperty("result").GetProperty("confidences").GetArrayLength() == 0)
        {
            Fail("no confidences");
        }

        if (document.RootElement.TryGetProperty("version", out var version))
        {
            Versions.Add(version.GetString()!);
        }
    }

    private void Fail(string what)
    {
        var kind = Failures.ContainsKey(what) || Failures.Count < MostFailures ? what : "other";
        Failures[kind] = Failures.GetValueOrDefault(kind) + 1;
    }
}
