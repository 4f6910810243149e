using System.Diagnostics;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Infrastructure.Security;

/// <summary>
/// What callers see of a fault: a trace id that the log has too, and nothing of the exception. Programs get problem details, people a page.
/// </summary>
internal sealed class FailureHandler(IProblemDetailsService problems, IStringLocalizer<AccountText> texts) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is BadHttpRequestException bad) httpContext.Response.StatusCode = bad.StatusCode;
        var trace = Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier;
        return AcceptsHtml(httpContext.Request)
            ? await WritePageAsync(httpContext, trace, cancellationToken)
            : await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = { Extensions = { ["traceId"] = trace } } });
    }

    private static bool AcceptsHtml(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private async Task<bool> WritePageAsync(HttpContext http, string trace, CancellationToken ct)
    {
        // The request ended before its culture was chosen, or in the middle of rendering.
        if (http.Features.Get<IHttpResponseFeature>()?.HasStarted is true) return false;
        http.Response.ContentType = "text/html; charset=utf-8";
        var encoder = System.Text.Encodings.Web.HtmlEncoder.Default;
        await http.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>AvaConsole</title><link rel="stylesheet" href="/app.css"></head>
            <body class="failure-page"><main><h1>{encoder.Encode(texts["FailureTitle"])}</h1>
            <p>{encoder.Encode(texts["FailureText"])}</p><p><code>{encoder.Encode(trace)}</code></p><p><a href="/">{encoder.Encode(texts["FailureBack"])}</a></p></main></body></html>
            """, ct);
        return true;
    }
}
