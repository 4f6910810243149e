using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AvaConsole.Core.Common.Egress;

/// <inheritdoc cref="IEgressClient" />
public sealed class EgressClient : IEgressClient, IDisposable
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

    public void Dispose() => _http.Dispose();

    private async Task<Result<Stream>> FollowAsync(Uri url, long maxBytes, CancellationTokenSource deadline, CancellationToken ct)
    {
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            if (Check(url) is { } refused) return refused;
            var response = await SendAsync(url, deadline.Token, ct).ConfigureAwait(false);
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

    private async Task<HttpResponseMessage> SendAsync(Uri url, CancellationToken deadline, CancellationToken ct)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline);
        linked.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.UserAgent.ParseAdd("AvaConsole");
        return await _http.SendAsync(request, linked.Token).ConfigureAwait(false);
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
