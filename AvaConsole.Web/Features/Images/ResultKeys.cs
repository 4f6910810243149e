using AvaConsole.Web.Infrastructure.Browser;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Images;

/// <summary>Typed door to <c>wwwroot/js/results.js</c>: arrows move from a search box through the results below it, Escape back.</summary>
internal sealed class ResultKeys : IAsyncDisposable
{
    private IJSObjectReference? _module;

    /// <param name="root">Holds the search box and the results, whose links carry <c>data-result</c>.</param>
    public async Task AttachAsync(IJSRuntime js, ElementReference root)
    {
        _module = await js.InvokeAsync<IJSObjectReference>("import", "/js/results.js");
        await _module.InvokeVoidAsync("attach", root);
    }

    public ValueTask DisposeAsync() => _module.SafeDisposeAsync();
}
