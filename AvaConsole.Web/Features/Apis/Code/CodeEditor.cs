using AvaConsole.Web.Infrastructure.Browser;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Apis.Code;

/// <summary>The editor that the code's script makes in the browser for one component. Before it is opened, calls do nothing.</summary>
/// <typeparam name="T">The component: its methods are called by the script.</typeparam>
internal sealed class CodeEditor<T> : IAsyncDisposable
    where T : class
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _editor;
    private DotNetObjectReference<T>? _owner;

    public bool IsOpen => _editor is not null;

    public async Task OpenAsync(IJSRuntime js, ElementReference host, T owner, object options)
    {
        _owner = DotNetObjectReference.Create(owner);
        _module = await js.InvokeAsync<IJSObjectReference>("import", CodePane.Script);
        _editor = await _module.InvokeAsync<IJSObjectReference>("create", host, _owner, options);
    }

    /// <summary>False where the browser did not take it, because somebody types.</summary>
    public async Task<bool> UpdateAsync<TSource>(CodeUpdate<TSource> update, string language)
        where TSource : class =>
        _editor is not null && await _editor.InvokeAsync<bool>("update", update.Sent, update.Delta.Start, update.Delta.Removed.Length, update.Delta.Added, language);

    /// <summary>True where the browser had kept another text, which it shows now.</summary>
    public async Task<bool> RestoreAsync(string keep) => _editor is not null && await _editor.InvokeAsync<bool>("restore", keep);

    public Task MarkAsync(IReadOnlyList<CodeMark> marks) => CallAsync("mark", marks);

    /// <param name="line">From 1.</param>
    public Task RevealAsync(int line) => CallAsync("reveal", line);

    /// <summary>What was typed last is told before this returns.</summary>
    public Task FlushAsync() => CallAsync("flush");

    /// <summary>The browser need not keep the text.</summary>
    public Task ForgetAsync() => CallAsync("forget");

    public async ValueTask DisposeAsync()
    {
        try
        {
            await CallAsync("dispose");
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone, and the editor with it.
        }

        await _editor.SafeDisposeAsync();
        await _module.SafeDisposeAsync();
        _owner?.Dispose();
    }

    private async Task CallAsync(string verb, params object?[] args)
    {
        if (_editor is not null)
        {
            await _editor.InvokeVoidAsync(verb, args);
        }
    }
}
