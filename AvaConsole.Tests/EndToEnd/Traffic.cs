using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>
/// Two callers that ask production without a pause until stopped. Notes every failure, and each version in the order in which the first
/// caller met it.
/// </summary>
internal sealed class Traffic : IAsyncDisposable
{
    private const int Callers = 2;

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client;
    private readonly object _body;
    private readonly Task[] _callers;
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly List<string> _versions = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Traffic(Uri baseUrl, string picture)
    {
        _client = new HttpClient { BaseAddress = baseUrl };
        _body = new { payload = new { image = new { data = Convert.ToBase64String(File.ReadAllBytes(picture)) } } };
        _callers = [.. Enumerable.Range(0, Callers).Select(caller => Task.Run(() => AskAsync(first: caller == 0)))];
    }

    public IReadOnlyCollection<string> Failures => _failures;

    public IReadOnlyList<string> VersionsInOrder
    {
        get
        {
            lock (_versions) return [.. _versions];
        }
    }

    /// <summary>Waits until the last answer came from this version.</summary>
    public async Task WaitForVersionAsync(string version)
    {
        while (true)
        {
            Task changed;
            lock (_versions)
            {
                if (_versions.LastOrDefault() == version) return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task AskAsync(bool first)
    {
        while (!_stop.IsCancellationRequested)
        {
            using var answer = await _client.PostAsJsonAsync("/api/content/digits", _body);
            var text = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode)
            {
                _failures.Enqueue($"{(int)answer.StatusCode}: {text}");
            }
            else if (first)
            {
                using var document = JsonDocument.Parse(text);
                Note(document.RootElement.GetProperty("version").GetString()!);
            }
        }
    }

    private void Note(string version)
    {
        lock (_versions)
        {
            if (_versions.LastOrDefault() == version) return;
            _versions.Add(version);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
