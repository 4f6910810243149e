using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AvaConsole.Core.Common.Egress;

/// <inheritdoc cref="IEgressClient" />
public sealed class EgressClient : IEgressClient, IEgressExchange, IDisposable
{
    private const int MaxRedirects = 3;

    private readonly EgressOptions _options;
    private readonly HttpMessageInvoker _http;

    public EgressClient(IOptions<EgressOptions> options)
        : this(options.Value, (host, ct) => Dns.GetHostAddressesAsync(host, ct))
    {
    }

    internal EgressClient(EgressOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        _options = options;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = new EgressConnector(options, resolve).ConnectAsync,
            ConnectTimeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 32,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            // Tells strangers nothing about our requests.
            ActivityHeadersPropagator = null,
        });
    }

    public async Task<Result<Stream>> GetAsync(Uri url, long maxBytes, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(url);
        var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(_options.DeadlineMinutes));
        Result<Stream>? result = null;
        try
        {
            result = await FollowAsync(url, maxBytes, deadline, ct).ConfigureAwait(false);
            return result;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new TimeoutError("egress.timeout", url.Host);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Explain(exception, url);
        }
        finally
        {
            if (result?.IsSuccess is not true) deadline.Dispose();
        }
    }

    public async Task<Result<EgressAnswer>> SendAsync(EgressRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Check(request.Url) is { } refused) return refused;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(request.Deadline);
        try
        {
            using var response = await SendAsync(Message(request.Method, request.Url, request.Headers), deadline.Token, CancellationToken.None).ConfigureAwait(false);
            return await ReadAsync(response, request, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new TimeoutError("egress.timeout", request.Url.Host);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Explain(exception, request.Url);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Result<Stream>> FollowAsync(Uri url, long maxBytes, CancellationTokenSource deadline, CancellationToken ct)
    {
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            if (Check(url) is { } refused) return refused;
            var response = await SendAsync(Message(HttpMethod.Get, url, []), deadline.Token, ct).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.OK) return await OpenAsync(response, maxBytes, deadline, ct).ConfigureAwait(false);
            using (response)
            {
                if (!IsRedirect(response) || response.Headers.Location is not { } location)
                {
                    return new UnavailableError("egress.status", url.Host, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
                }

                var next = new Uri(url, location);
                if (url.Scheme == "https" && next.Scheme != "https") return new InvalidError("url", "egress.redirect_insecure", next.Host);
                url = next;
            }
        }

        return new InvalidError("url", "egress.too_many_redirects", MaxRedirects);
    }

    private InvalidError? Check(Uri url)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")) return new InvalidError("url", "egress.scheme_not_allowed");
        if (url.UserInfo.Length > 0) return new InvalidError("url", "egress.credentials_in_url");
        return _options.IsPortAllowed(url.Port) ? null : new InvalidError("url", "egress.port_not_allowed", url.Port);
    }

    private static HttpRequestMessage Message(HttpMethod method, Uri url, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var message = new HttpRequestMessage(method, url);
        message.Headers.UserAgent.ParseAdd("AvaConsole");
        foreach (var (name, value) in headers) message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken deadline, CancellationToken ct)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline);
        linked.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        using (message)
        {
            return await _http.SendAsync(message, linked.Token).ConfigureAwait(false);
        }
    }

    private static async Task<Result<EgressAnswer>> ReadAsync(HttpResponseMessage response, EgressRequest request, CancellationToken ct)
    {
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .SelectMany(header => header.Value, (header, value) => (header.Key, Value: value))
            .ToLookup(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        // A HEAD's length is that of the body which it does not have.
        if (request.Method != HttpMethod.Head && response.Content.Headers.ContentLength > request.MaxBytes)
        {
            return new InvalidError("url", "egress.too_large", request.MaxBytes);
        }

        using var buffer = new MemoryStream();
        var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        var chunk = new byte[16 * 1024];
        while (await body.ReadAsync(chunk, ct).ConfigureAwait(false) is var read and > 0)
        {
            buffer.Write(chunk.AsSpan(0, read));
            if (buffer.Length > request.MaxBytes) return new InvalidError("url", "egress.too_large", request.MaxBytes);
        }

        return new EgressAnswer(request.Url, (int)response.StatusCode, headers, buffer.ToArray());
    }

    private async Task<Result<Stream>> OpenAsync(HttpResponseMessage response, long maxBytes, CancellationTokenSource deadline, CancellationToken ct)
    {
        if (response.Content.Headers.ContentLength > maxBytes)
        {
            response.Dispose();
            return new InvalidError("url", "egress.too_large", maxBytes);
        }

        var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        return new EgressBody(response, body, maxBytes, TimeSpan.FromSeconds(_options.TimeoutSeconds), deadline);
    }

    private static bool IsRedirect(HttpResponseMessage response) => response.StatusCode
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static Error Explain(Exception exception, Uri url)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is EgressRefusedException refused) return new InvalidError("url", refused.Code, url.Host);
            if (cause is SocketException { SocketErrorCode: SocketError.TimedOut } or TimeoutException) return new TimeoutError("egress.timeout", url.Host);
            if (cause is System.Security.Authentication.AuthenticationException) return new UnavailableError("egress.tls_failed", url.Host);
        }

        return new UnavailableError("egress.unreachable", url.Host);
    }
}
