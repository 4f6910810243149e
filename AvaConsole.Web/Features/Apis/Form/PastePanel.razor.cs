using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Examples;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>Rows from a spreadsheet, from rows copied here, or guessed from a JSON sample; shown before they are added.</summary>
public sealed partial class PastePanel
{
    private const int MaxShown = 50;
    private const int MaxNamed = 5;

    private string _text = "";
    private string? _given;
    private string? _error;
    private int _bad;
    private IReadOnlyList<ShownRow> _rows = [];
    private IReadOnlyList<string> _notes = [];
    private PastedSelection _selection = new([], [], "", false);

    [Inject]
    public required IStringLocalizer<FormText> L { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    /// <summary>The object that the rows go into; null for the list itself.</summary>
    [Parameter]
    public string? Target { get; set; }

    /// <summary>What to begin with.</summary>
    [Parameter]
    public string Text { get; set; } = "";

    [Parameter]
    public PastedRowKind Takes { get; set; }

    [Parameter]
    public EventCallback<PastedSelection> OnAdd { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <summary>The rows that will be added, members included.</summary>
    private int Count => _rows.Count - _bad;

    protected override void OnParametersSet()
    {
        if (_given != Text)
        {
            _given = Text;
            Read(Text);
        }
    }

    private void Read(string text)
    {
        (_text, _error, _bad, _rows, _notes, _selection) = (text, null, 0, [], [], new PastedSelection([], [], "", false));
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (text.TrimStart()[0] is '{' or '[')
        {
            ReadJson(text);
        }
        else if (Takes == PastedRowKind.Entries)
        {
            ReadEntries(text);
        }
        else
        {
            ReadParameters(text);
        }
    }

    private void ReadEntries(string text)
    {
        var pasted = EntryPaste.Read(text);
        _rows = [.. pasted.Rows.Select(row => Show(row.Entry, Said(row.Problems)))];
        _bad = pasted.Rows.Count(row => row.Problems.Count > 0);
        _notes = Ignored(pasted.IgnoredColumns);
        _selection = new PastedSelection([], pasted.Entries, pasted.Left, false);
    }

    private void ReadParameters(string text)
    {
        var pasted = RowPaste.Read(text);
        _rows = [.. pasted.Rows.Select(row => Show(row.Path, row.Parameter, Said(row.Problems)))];
        _bad = pasted.Rows.Count(row => row.Problems.Count > 0);
        _notes = Ignored(pasted.IgnoredColumns);
        _selection = new PastedSelection(pasted.Parameters, [], pasted.Left, false);
    }

    private void ReadJson(string text)
    {
        if (Takes == PastedRowKind.Entries && RowJson.ReadEntries(text) is { } entries)
        {
            _rows = [.. entries.Select(entry => Show(entry, null))];
            _selection = new PastedSelection([], entries, "", false);
        }
        else if (Takes != PastedRowKind.Entries && RowJson.Read(text) is { } parameters)
        {
            _rows = [.. parameters.Select(parameter => Show(parameter.Name, parameter, null))];
            _selection = new PastedSelection(parameters, [], "", false);
        }
        else
        {
            ReadSample(text);
        }
    }

    private void ReadSample(string text)
    {
        var inferred = SampleInference.Infer(text);
        if (!inferred.IsSuccess)
        {
            _error = Presenter.Problems(inferred.Error) is [var (_, said), ..] ? said : null;
            return;
        }

        var (all, payload, notes) = inferred.Value;
        var parameters = Takes == PastedRowKind.Entries ? [] : all;
        payload = Takes == PastedRowKind.Parameters ? [] : payload;
        _rows = [.. parameters.Select(parameter => Show(parameter.Name, parameter, null)), .. payload.Select(entry => Show(entry, null))];
        _notes = [.. notes.Take(MaxShown).Select(Say)];
        if (parameters.Count < all.Count)
        {
            _notes = [L["PasteNoFiles", string.Join(", ", all.Take(MaxNamed).Select(parameter => parameter.Name)), all.Count]];
        }

        _selection = new PastedSelection(parameters, payload, "", true);
    }

    private List<string> Ignored(IReadOnlyList<string> columns) => columns.Count == 0 ? [] : [L["PasteIgnored", string.Join(", ", columns)]];

    private ShownRow Show(PayloadEntry entry, string? problem)
    {
        var type = PayloadTypes.All.Contains(entry.Type) ? L["PayloadType_" + entry.Type].Value : entry.Type;
        return new(entry.Name, Takes == PastedRowKind.Entries ? type : L["PayloadOf", type], entry.Required, string.Join(", ", RowChips.Of(entry, L)), entry.Description, problem);
    }

    private ShownRow Show(string name, ApiParameter parameter, string? problem) =>
        new(name, TypeOf(parameter), parameter.Required, string.Join(", ", RowChips.Of(parameter, L)), parameter.Description, problem);

    private static string TypeOf(ApiParameter parameter) => parameter switch
    {
        { Type: ParameterTypes.Array, Items: { } items } => $"{TypeOf(items)}[]",
        { Type: ParameterTypes.Object, Properties.Count: > 0 } => $"{parameter.Type} ({parameter.Properties.Count})",
        _ => parameter.Type,
    };

    private string Say(SchemaNote note) => $"{note.Pointer} {Presenter.Problems(new InvalidError("", note.Code, note.Args))[0].Text}".Trim();

    private string? Said(IReadOnlyList<Problem> problems) =>
        problems.Count == 0 ? null : string.Join(" ", Presenter.Problems(new InvalidError(problems)).Select(problem => problem.Text));

    private async Task AddAsync()
    {
        await OnAdd.InvokeAsync(_selection);
        Read(_selection.Left);
    }

    private sealed record ShownRow(string Name, string Type, bool Required, string Rules, string Description, string? Problem);
}
