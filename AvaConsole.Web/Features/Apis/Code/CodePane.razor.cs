using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Apis.Code;

/// <summary>
/// The draft as code. What is typed becomes part of the draft at every pause; what happens elsewhere is written into the code as the smallest
/// difference. Code that cannot be read is marked and changes nothing.
/// </summary>
public sealed partial class CodePane : IAsyncDisposable
{
    /// <summary>An edit elsewhere is written into the code this long after, several at once.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(250);

    internal const string Script = "/Features/Apis/Code/CodePane.razor.js";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CodeEditor<CodePane> _code = new();
    private CodeText<ApiSchema> _text = null!;
    private CodeFormat _format = CodeFormats.All[0];
    private IReadOnlyList<CodeMark> _problems = [];
    private IReadOnlyList<string> _refusals = [];
    private (ApiSchema Schema, CodeFormat Format, Task<Result<string>> Text)? _written;
    private DraftEditor? _heard;
    private ITimer? _timer;
    private ElementReference _host;
    private int _reading;
    private bool _hasComments;
    private bool _ready;
    private bool _disposed;

    [Inject]
    public required IStringLocalizer<DesignerText> D { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public required DraftEditor Editor { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Id of a <see cref="CodeFormat"/>.</summary>
    [Parameter]
    public string? Format { get; set; }

    [Parameter]
    public EventCallback<string> OnSelectFormat { get; set; }

    /// <summary>What the editor shows, or will as soon as it is there.</summary>
    public string Text => _text.Shown;

    /// <summary>The code cannot be read.</summary>
    public bool IsBroken => _problems.Count > 0;

    /// <summary>Gives up code that cannot be read for what the form says.</summary>
    public async Task TakeFormAsync()
    {
        _problems = [];
        await _code.MarkAsync([]);
        await RewriteAsync();
    }

    /// <summary>The editor has loaded.</summary>
    [JSInvokable]
    public Task OnReadyAsync()
    {
        // What was written before was written to nobody.
        (_ready, _text) = (true, new CodeText<ApiSchema>());
        return SyncAsync();
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
        var text = _text.Typed(sent, updates, start, removed, added);
        if (text is null || ReadOnly)
        {
            await RewriteAsync();
            return;
        }

        _reading++;
        await _gate.WaitAsync();
        try
        {
            await TakeAsync(text);
        }
        finally
        {
            _reading--;
            _gate.Release();
        }

        OnEdited();
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        Unhear();
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        await _code.DisposeAsync();
    }

    protected override void OnInitialized() =>
        _timer = Clock.CreateTimer(_ => _ = InvokeAsync(SyncAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    protected override void OnParametersSet()
    {
        if (_heard != Editor)
        {
            Unhear();
            _heard = Editor;
            Editor.Changed += OnEdited;
            _text = new CodeText<ApiSchema>();
            OnEdited();
        }

        if (_format != CodeFormats.Find(Format))
        {
            _format = CodeFormats.Find(Format);
            (_problems, _refusals) = ([], []);
            _text.Forget();
            OnEdited();
        }

        // While the editor loads: a large draft takes a moment to be written.
        _ = _ready ? null : WrittenAsync(Editor.Schema, _format);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _code.OpenAsync(Js, _host, this, new { label = D["Code"].Value, readOnly = ReadOnly });
        }
    }

    private void Unhear()
    {
        if (_heard is not null)
        {
            _heard.Changed -= OnEdited;
        }
    }

    private void OnEdited() => _timer?.Change(Delay, Timeout.InfiniteTimeSpan);

    /// <summary>Writes the draft's present state into the code, unless the code is what it came from.</summary>
    private async Task SyncAsync()
    {
        await _gate.WaitAsync();
        try
        {
            var (schema, format) = (Editor.Schema, _format);
            // What was typed and not read yet must not be written over; it asks again.
            if (!_disposed && _reading == 0 && !_text.Says(schema) && _problems.Count == 0)
            {
                await WriteAsync(schema, format);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task WriteAsync(ApiSchema schema, CodeFormat format)
    {
        var written = await WrittenAsync(schema, format);
        _refusals = written.IsSuccess ? [] : Messages(written.Error);
        if (written.IsSuccess)
        {
            var update = _text.Update(written.Value, schema);
            var taken = _ready && await _code.UpdateAsync(update, format.Language);
            _text.Answered(update, taken || !_ready);
            _hasComments &= !taken;
        }

        StateHasChanged();
    }

    private Task<Result<string>> WrittenAsync(ApiSchema schema, CodeFormat format)
    {
        if (_written is not { } last || !ReferenceEquals(last.Schema, schema) || last.Format != format)
        {
            _written = last = (schema, format, Task.Run(() => format.Write(schema)));
        }

        return last.Text;
    }

    /// <summary>What was typed becomes part of the draft. What the format cannot say, and what changed elsewhere meanwhile, stays as it is.</summary>
    private async Task TakeAsync(string text)
    {
        var (current, format, known, origin) = (Editor.Schema, _format, _text.Meaning, _text.Source);
        var (read, before, comments) = await Task.Run(() => (format.Read(text), known ?? Meaning(format, origin ?? current) ?? current, format.HasComments(text)));
        if (_disposed || format != _format)
        {
            return;
        }

        _hasComments = comments;
        _problems = read.IsSuccess ? [] : Marks(read.Error);
        if (read.IsSuccess)
        {
            var untouched = _text.Says(Editor.Schema);
            Editor.Replace(new EditLabel("Code"), DraftMerge.ThreeWay(before, read.Value.Schema, Editor.Schema).Schema, "code");
            _text.Means(read.Value.Schema, untouched ? Editor.Schema : null);
        }

        await _code.MarkAsync([.. _problems, .. (read.Value?.Notes ?? []).Select(note => new CodeMark(note.Line ?? 1, Presenter.Text(note.Code, note.Args), Error: false))]);
        StateHasChanged();
    }

    /// <summary>What a draft says in the format: less than the draft, where the format cannot say all of it.</summary>
    private static ApiSchema? Meaning(CodeFormat format, ApiSchema schema) =>
        format.Write(schema) is { IsSuccess: true } written ? format.Read(written.Value).Value?.Schema : null;

    private Task RewriteAsync()
    {
        _text.Forget();
        return SyncAsync();
    }

    private List<string> Messages(Error error) =>
        error is InvalidError invalid ? [.. invalid.Problems.Select(problem => Presenter.Text(problem.Code, problem.Args))] : [Presenter.Text(error)];

    // Readers name the line first.
    private static int Line(Problem problem) => problem.Args.FirstOrDefault() switch
    {
        int line => line,
        long line => (int)line,
        _ => 1,
    };

    private IReadOnlyList<CodeMark> Marks(Error error) => error is InvalidError invalid
        ? [.. invalid.Problems.Select(problem => new CodeMark(Line(problem), Presenter.Text(problem.Code, problem.Args), Error: true))]
        : [new CodeMark(1, Presenter.Text(error), Error: true)];
}
