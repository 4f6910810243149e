using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>The data that travels beside the parameters, in the request or in the response.</summary>
public sealed partial class PayloadTable : IRowGestures, IAsyncDisposable
{
    private readonly HashSet<int> _open = [];
    private readonly Dictionary<int, EntryLine> _lines = [];
    private readonly RowSelection _selection = new();
    private IReadOnlyList<PayloadEntry> _rows = [];
    private IReadOnlyList<int> _keys = [];
    private RowProblems _problems = RowProblems.None;
    private FieldTexts? _texts;
    private DraftEditor? _editor;
    private RowGestures? _gestures;
    private ElementReference _list;
    private string? _attached;
    private string? _focusNext;
    private string _pasted = "";
    private bool _pasting;
    private bool _readOnly;
    private bool _dirty = true;

    [Inject]
    public required IStringLocalizer<FormText> L { get; init; }

    [Inject]
    public required BrowserModule Browser { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired]
    public required DraftEditor Editor { get; set; }

    /// <summary><see cref="DraftList.Payload"/> or <see cref="DraftList.Response"/>.</summary>
    [Parameter]
    public DraftList List { get; set; } = DraftList.Payload;

    [Parameter]
    public FieldTexts Problems { get; set; } = FieldTexts.None;

    [Parameter]
    public bool ReadOnly { get; set; }

    internal int Count => _rows.Count;

    private HashSet<int> Selected => [.. Enumerable.Range(0, _keys.Count).Where(index => _selection.Contains(_keys[index]))];

    private string HeadingId => FieldIds.For(List + ".Heading");

    /// <summary>Opens what a problem's field is in and gives it the focus.</summary>
    /// <returns>False where it is not in this table.</returns>
    public async Task<bool> RevealAsync(string field)
    {
        var index = Enumerable.Range(0, _rows.Count).FirstOrDefault(row => field == $"{List}[{row}]" || field.StartsWith($"{List}[{row}].", StringComparison.Ordinal), -1);
        if (index < 0)
        {
            return false;
        }

        var (row, member) = RowProblems.Split(field);
        if (member is not ("" or "Name" or "Type" or "Required") || row.Contains(".Content", StringComparison.Ordinal))
        {
            _open.Add(_keys[index]);
            Refresh();
            await Task.Yield();
        }

        if (!_lines.TryGetValue(_keys[index], out var line) || !line.RevealContent(field))
        {
            _focusNext = "#" + FieldIds.For($"{FieldIds.Row(List, index)}.{(member.Length == 0 ? "Name" : member)}");
            Refresh();
        }

        return true;
    }

    public void Dispose() => Detach();

    public async ValueTask DisposeAsync()
    {
        Detach();
        if (_gestures is not null)
        {
            await _gestures.DisposeAsync();
        }
    }

    internal void Register(int key, EntryLine line) => _lines[key] = line;

    internal void Toggle(int key)
    {
        _ = _open.Remove(key) || _open.Add(key);
        Refresh();
    }

    internal void Select(int key, bool isRange)
    {
        _selection.Toggle(key, isRange, [.. _keys]);
        Refresh();
    }

    protected override void OnParametersSet()
    {
        if (_editor != Editor)
        {
            Detach();
            _editor = Editor;
            _editor.Changed += OnEdited;
        }

        if (!ReferenceEquals(_texts, Problems))
        {
            _texts = Problems;
            _dirty |= _problems != (_problems = RowProblems.Of(Problems));
        }

        _dirty |= Update() || _readOnly != ReadOnly;
        _readOnly = ReadOnly;
    }

    protected override bool ShouldRender()
    {
        var dirty = _dirty;
        _dirty = false;
        return dirty;
    }

    // The first render is not asked for.
    protected override void OnInitialized() => _dirty = false;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_list.Id is { } id && id != _attached && !ReadOnly && _rows.Count > 0)
        {
            _attached = id;
            if (_gestures is not null)
            {
                await _gestures.DisposeAsync();
            }

            _gestures = new RowGestures(Js, this);
            await _gestures.AttachAsync(_list);
        }

        if (_focusNext is { } selector)
        {
            _focusNext = null;
            await Browser.FocusAsync(selector);
        }
    }

    private void SelectAll()
    {
        _selection.ToggleAll([.. _keys]);
        Refresh();
    }

    private int IndexOf(int key) => Enumerable.Range(0, _keys.Count).FirstOrDefault(index => _keys[index] == key, -1);

    private bool Update()
    {
        var (rows, keys) = (Editor.State.Entries(List), Editor.State.Keys(List));
        var changed = !ReferenceEquals(rows, _rows) || !ReferenceEquals(keys, _keys);
        (_rows, _keys) = (rows, keys);
        return changed;
    }

    private void OnEdited()
    {
        if (Update())
        {
            Refresh();
        }
    }

    private void Refresh()
    {
        _dirty = true;
        StateHasChanged();
    }

    private void Detach()
    {
        if (_editor is not null)
        {
            _editor.Changed -= OnEdited;
        }
    }
}
