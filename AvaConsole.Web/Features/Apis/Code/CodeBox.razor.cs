using AvaConsole.Web.Infrastructure.Browser;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Apis.Code;

/// <summary>Something that may be written where the cursor is.</summary>
public sealed record CodeSuggestion(string Label, string Insert, string Description, bool IsMember);

/// <summary>The code editor for a text of its own. What is typed is told at every pause, and kept by the browser until it is forgotten.</summary>
public sealed partial class CodeBox : IAsyncDisposable
{
    private readonly CodeEditor<CodeBox> _code = new();
    private CodeText<string> _text = new();
    private string _wanted = "";
    private ElementReference _host;
    private bool _ready;
    private bool _syncing;

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>As the editor names it.</summary>
    [Parameter]
    public string Language { get; set; } = "yaml";

    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Names the place in the browser where the text is kept; what is found there is put into the editor.</summary>
    [Parameter, EditorRequired]
    public required string Keep { get; set; }

    /// <summary>Must return soon: the next report waits for it.</summary>
    [Parameter]
    public EventCallback<string> OnTyped { get; set; }

    /// <summary>The browser had kept another text than the one shown; it is shown now, and told by <see cref="OnTyped"/> next.</summary>
    [Parameter]
    public EventCallback OnRestored { get; set; }

    /// <summary>The editor has loaded, and shows what it was given.</summary>
    [Parameter]
    public EventCallback OnReady { get; set; }

    /// <summary>What may stand at a line and a column, both from 1.</summary>
    [Parameter]
    public Func<string, int, int, IEnumerable<CodeSuggestion>> Suggest { get; set; } = (_, _, _) => [];

    /// <summary>Shows another text.</summary>
    public Task ShowAsync(string text)
    {
        _wanted = text;
        return SyncAsync();
    }

    public Task MarkAsync(IReadOnlyList<CodeMark> marks) => _code.MarkAsync(marks);

    public Task RevealAsync(int line) => _code.RevealAsync(line);

    /// <summary>What was typed last is told before this returns.</summary>
    public Task FlushAsync() => _code.FlushAsync();

    /// <summary>The browser need not keep the text: it is stored, or given up.</summary>
    public Task ForgetAsync() => _code.ForgetAsync();

    /// <summary>The editor has loaded.</summary>
    [JSInvokable]
    public async Task OnReadyAsync()
    {
        // What was written before was written to nobody.
        (_ready, _text) = (true, new CodeText<string>());
        await SyncAsync();
        if (!ReadOnly && await _code.RestoreAsync(Keep))
        {
            await OnRestored.InvokeAsync();
        }

        await OnReady.InvokeAsync();
    }

    /// <summary>An update was refused because somebody typed, and now nobody does.</summary>
    [JSInvokable]
    public Task OnIdleAsync() => SyncAsync();

    /// <summary>A part of a long text whose end comes with <see cref="OnTypedAsync"/>.</summary>
    [JSInvokable]
    public void OnPieceAsync(string piece) => _text.Add(piece);

    /// <param name="sent">How many times the browser has reported typing.</param>
    /// <param name="updates">How many of our updates it had seen by then.</param>
    [JSInvokable]
    public async Task OnTypedAsync(int sent, int updates, int start, int removed, string added)
    {
        if (_text.Typed(sent, updates, start, removed, added) is not { } text || ReadOnly)
        {
            _text.Forget();
            await SyncAsync();
            return;
        }

        _wanted = text;
        _text.Means(text, text);
        await OnTyped.InvokeAsync(text);
    }

    [JSInvokable]
    public IEnumerable<CodeSuggestion> OnSuggest(int line, int column) => Suggest(_wanted, line, column);

    public ValueTask DisposeAsync() => _code.DisposeAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _code.OpenAsync(Js, _host, this, new { label = Label, readOnly = ReadOnly, suggests = !ReadOnly });
        }
    }

    /// <summary>One update at a time: each is made for the text that the one before left.</summary>
    private async Task SyncAsync()
    {
        if (_syncing)
        {
            return;
        }

        _syncing = true;
        var taken = true;
        try
        {
            // A refused one is asked for again by OnIdleAsync.
            while (taken && _ready && _code.IsOpen && !_text.Says(_wanted))
            {
                var update = _text.Update(_wanted, _wanted);
                taken = await _code.UpdateAsync(update, Language);
                _text.Answered(update, taken);
            }
        }
        finally
        {
            _syncing = false;
        }
    }
}
