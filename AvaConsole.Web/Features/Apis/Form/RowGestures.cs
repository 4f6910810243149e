using AvaConsole.Web.Infrastructure.Browser;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>What keys and the mouse do to rows.</summary>
public interface IRowGestures
{
    /// <param name="direction"><c>up</c>, <c>down</c>, <c>out</c>, <c>in</c>.</param>
    /// <param name="part">The part of the row that holds the focus, as its element's id ends; empty for the row.</param>
    Task MoveRowAsync(int key, string direction, string part);

    /// <param name="where"><c>before</c>, <c>after</c>, <c>inside</c>.</param>
    Task DropRowAsync(int key, int target, string where);

    /// <summary>Lines of a table were pasted into a field for one line.</summary>
    Task PasteRowsAsync(string text);
}

/// <summary>Typed door to <c>ParameterTree.razor.js</c>: keys are caught in the browser, since preventing what they do there comes a key too late over the wire.</summary>
public sealed class RowGestures(IJSRuntime js, IRowGestures rows) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private DotNetObjectReference<RowGestures>? _self;

    public async Task AttachAsync(ElementReference root)
    {
        _self = DotNetObjectReference.Create(this);
        _module = await js.InvokeAsync<IJSObjectReference>("import", "/Features/Apis/Form/ParameterTree.razor.js");
        await _module.InvokeVoidAsync("attach", root, _self);
    }

    [JSInvokable]
    public Task MoveRowAsync(int key, string direction, string part) => rows.MoveRowAsync(key, direction, part);

    [JSInvokable]
    public Task DropRowAsync(int key, int target, string where) => rows.DropRowAsync(key, target, where);

    [JSInvokable]
    public Task PasteRowsAsync(string text) => rows.PasteRowsAsync(text);

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        await _module.SafeDisposeAsync();
    }
}
