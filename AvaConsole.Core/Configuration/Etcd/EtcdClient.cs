using System.Net.Http.Json;
using System.Text.Json;

namespace AvaConsole.Core.Configuration.Etcd;

/// <summary>
/// The v3 JSON gateway: posts requests, signs in, moves on to the next endpoint when one is down. Only requests that may
/// be repeated go through <see cref="SendAsync"/>; a transaction goes through <see cref="SendOnceAsync"/>.
/// </summary>
internal sealed class EtcdClient(EtcdOptions options) : IDisposable
{
    private readonly HttpClient _http = EtcdHttp.Create(options);
    private readonly IReadOnlyList<Uri> _endpoints = options.ParseEndpoints();
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
    private readonly SemaphoreSlim _signIn = new(1, 1);
    private volatile string? _token;
    private volatile int _preferred;

    private bool UsesPassword => !string.IsNullOrEmpty(options.Username);

    /// <summary>Asks one endpoint after the other, beginning with the one that answered last.</summary>
    /// <exception cref="ConfigStoreUnavailableException">None answered.</exception>
    /// <exception cref="EtcdRefusedException">One answered with a refusal.</exception>
    public Task<T> SendAsync<T>(string path, object request, CancellationToken ct) =>
        TryEndpointsAsync(endpoint => SendToAsync<T>(endpoint, path, request, ct), ct);

    /// <summary>Runs <paramref name="attempt"/> on one endpoint after the other until one does not fail.</summary>
    public async Task<T> TryEndpointsAsync<T>(Func<Uri, Task<T>> attempt, CancellationToken ct)
    {
        EtcdUnreachableException? failure = null;
        var first = _preferred;
        for (var i = 0; i < _endpoints.Count; i++)
        {
            var index = (first + i) % _endpoints.Count;
            try
            {
                var answer = await attempt(_endpoints[index]).ConfigureAwait(false);
                _preferred = index;
                return answer;
            }
            catch (EtcdUnreachableException unreachable)
            {
                ct.ThrowIfCancellationRequested();
                failure = unreachable;
            }
        }

        throw new ConfigStoreUnavailableException("No etcd endpoint answered.", failure);
    }

    /// <summary>Sends to one endpoint; signs in again where the token is no longer accepted.</summary>
    public async Task<T> SendToAsync<T>(Uri endpoint, string path, object request, CancellationToken ct)
    {
        var token = await GetTokenAsync(endpoint, ct).ConfigureAwait(false);
        try
        {
            return await ExchangeAsync<T>(endpoint, path, request, token, ct).ConfigureAwait(false);
        }
        catch (EtcdRefusedException refusal) when (refusal.IsTokenInvalid && token is not null)
        {
            ForgetToken(token);
        }

        token = await GetTokenAsync(endpoint, ct).ConfigureAwait(false);
        return await ExchangeAsync<T>(endpoint, path, request, token, ct).ConfigureAwait(false);
    }

    /// <summary>Sends to the endpoint that answered last, once, whatever happens.</summary>
    public async Task<T> SendOnceAsync<T>(string path, object request, CancellationToken ct)
    {
        var endpoint = _endpoints[_preferred];
        var token = await GetTokenAsync(endpoint, ct).ConfigureAwait(false);
        try
        {
            return await ExchangeAsync<T>(endpoint, path, request, token, ct).ConfigureAwait(false);
        }
        catch (EtcdRefusedException refusal) when (refusal.IsTokenInvalid && token is not null)
        {
            ForgetToken(token);
            throw;
        }
    }

    /// <summary>Opens a response that is read as it comes. The caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenStreamAsync(Uri endpoint, string path, object request, CancellationToken ct)
    {
        var token = await GetTokenAsync(endpoint, ct).ConfigureAwait(false);
        using var content = new EtcdRequestContent(request);
        return await GuardAsync(content, limited => PostAsync(endpoint, path, content, token, limited), ct).ConfigureAwait(false);
    }

    public void ForgetToken() => _token = null;

    public void Dispose()
    {
        _http.Dispose();
        _signIn.Dispose();
    }

    private async Task<T> ExchangeAsync<T>(Uri endpoint, string path, object request, string? token, CancellationToken ct)
    {
        using var content = new EtcdRequestContent(request);
        return await GuardAsync(content, async limited =>
        {
            using var response = await PostAsync(endpoint, path, content, token, limited).ConfigureAwait(false);
            return await response.Content.ReadFromJsonAsync<T>(EtcdJson.Options, limited).ConfigureAwait(false)
                ?? throw new JsonException("The answer is empty.");
        }, ct).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> PostAsync(Uri endpoint, string path, EtcdRequestContent content, string? token, CancellationToken ct)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, path)) { Content = content };
        if (token is not null)
            message.Headers.TryAddWithoutValidation("Authorization", token);
        var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return response;

        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
            throw EtcdGatewayError.Read(response.StatusCode, text);
        }
    }

    /// <summary>Limits the time of a call and turns each way of losing it into one exception.</summary>
    private async Task<T> GuardAsync<T>(EtcdRequestContent content, Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_timeout);
        try
        {
            return await call(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested && !content.Started)
        {
            throw new OperationCanceledException(ct);
        }
        catch (OperationCanceledException cancelled)
        {
            // Also the caller's own cancellation once the request was on its way: what it did is then unknown.
            throw new EtcdUnreachableException("etcd did not answer in time.", content.Started, cancelled);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException or InvalidOperationException)
        {
            throw new EtcdUnreachableException("etcd's answer was lost.", content.Started, failure);
        }
    }

    private async Task<string?> GetTokenAsync(Uri endpoint, CancellationToken ct)
    {
        if (!UsesPassword || _token is not null)
            return _token;

        await _signIn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (_token is not null)
                return _token;
            var request = new EtcdAuthenticateRequest(options.Username!, options.Password ?? "");
            var answer = await ExchangeAsync<EtcdAuthenticateResponse>(endpoint, "/v3/auth/authenticate", request, token: null, ct).ConfigureAwait(false);
            return _token = answer.Token;
        }
        finally
        {
            _signIn.Release();
        }
    }

    /// <summary>Unless another request has already replaced it.</summary>
    private void ForgetToken(string token) => Interlocked.CompareExchange(ref _token, null, token);
}
