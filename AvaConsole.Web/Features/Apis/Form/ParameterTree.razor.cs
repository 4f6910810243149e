using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>Parameters, or what a JSON entry holds, as an editable tree. Draws itself again only when its own part of the draft changes.</summary>
public sealed partial class ParameterTree : IRowGestures, IAsyncDisposable
{
    private readonly RowSelection _selection = new();
    private ParameterNodes _nodes = null!;
    private RowProblems _problems = RowProblems.None;
    private FieldTexts? _texts;
    private DraftEditor? _editor;
    private RowGestures? _gestures;
    private ElementReference _list;
    private string? _attached;
    private string? _focusNext;
    private string _pasted = "";
    private bool _pasting;
    private bool _dirty = true;
    private bool _readOnly;

    [Inject]
    public required IStringLocalizer<FormText> L { get; init; }

    [Inject]
    public required BrowserModule Browser { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired]
    public required DraftEditor Editor { get; set; }

    [Parameter]
    public ParameterRoot Root { get; set; } = ParameterRoot.Parameters;

    [Parameter]
    public FieldTexts Problems { get; set; } = FieldTexts.None;

    [Parameter]
    public bool ReadOnly { get; set; }

    private string HeadingId => FieldIds.For(Root.Field + ".Heading");

    private IEnumerable<RowNode> Selected => _nodes.All().Where(node => _selection.Contains(node.Key));

    private RowNode? PasteTarget => Selected.Take(2).ToList() is [{ CanHaveMembers: true } only] ? only : Root.Entry is null ? null : _nodes.Roots.FirstOrDefault(node => node.CanHaveMembers);

    /// <summary>Opens what a problem's field is in and gives it the focus.</summary>
    /// <returns>False where it is not in this tree.</returns>
    public bool Reveal(string field)
    {
        var (row, member) = RowProblems.Split(field);
        if (_nodes.FindField(row) is not { } node)
        {
            return false;
        }

        foreach (var parent in node.Ancestors)
        {
            parent.Expanded = true;
        }

        node.Open |= member is not ("" or "Name" or "Type" or "Required");
        Focus(node, member.Length == 0 ? "Name" : member);
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

    internal void Refresh()
    {
        _dirty = true;
        StateHasChanged();
    }

    internal void Focus(RowNode node, string part)
    {
        _focusNext = $"#{FieldIds.For($"{node.Field}.{part}")}";
        Refresh();
    }

    /// <summary>Every change of a row's own values.</summary>
    internal void Set(RowNode node, ApiParameter parameter, string member)
    {
        if (node.Parameter != parameter)
        {
            Editor.Edit(
                EditLabel.Changed("Member_" + member, node.IsElement ? node.Parent?.Parameter.Name ?? "" : parameter.Name),
                schema => Root.With(schema, ParameterEdits.Update(Root.Holder(schema), node.Path, _ => parameter)),
                $"{node.Field}.{member}");
        }
    }

    internal void Select(RowNode node, bool isRange)
    {
        _selection.Toggle(node.Key, isRange, ShownKeys());
        Refresh();
    }

    protected override void OnParametersSet()
    {
        if (_editor != Editor)
        {
            Detach();
            _editor = Editor;
            _editor.Changed += OnEdited;
            _nodes = new ParameterNodes(Root);
        }

        if (!ReferenceEquals(_texts, Problems))
        {
            _texts = Problems;
            _dirty |= _problems != (_problems = RowProblems.Of(Problems));
        }

        _dirty |= _nodes.Update(Editor.Schema) || _readOnly != ReadOnly;
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
        if (_list.Id is { } id && id != _attached && !ReadOnly && _nodes.Roots.Count > 0)
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

    private void OnEdited()
    {
        if (_nodes.Update(Editor.Schema))
        {
            Refresh();
        }
    }

    private void Detach()
    {
        if (_editor is not null)
        {
            _editor.Changed -= OnEdited;
        }
    }

    private List<int> ShownKeys() => [.. _nodes.Visible().Select(node => node.Key)];

    private void SelectAll()
    {
        _selection.ToggleAll(ShownKeys());
        Refresh();
    }

    private void ExpandAll(bool expand)
    {
        foreach (var node in _nodes.All())
        {
            node.Expanded = expand;
        }

        Refresh();
    }

    private void TogglePaste()
    {
        (_pasting, _pasted) = (!_pasting, "");
        Refresh();
    }

    private void ClosePaste()
    {
        _pasting = false;
        _focusNext = $"[data-testid='paste-{Root.Field}']";
        Refresh();
    }
}
