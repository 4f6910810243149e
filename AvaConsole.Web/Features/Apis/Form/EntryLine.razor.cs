using AvaConsole.Core.Schemas;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>One payload entry of the request or the response.</summary>
public sealed partial class EntryLine
{
    private static readonly string[] s_inLine = ["Name", "Type", "Required"];

    private ParameterTree? _content;
    private PayloadEntry? _shown;
    private (int, int, bool, bool, bool, string) _state;

    [Inject]
    public required IStringLocalizer<FormText> L { get; init; }

    [Parameter, EditorRequired]
    public required PayloadTable Table { get; set; }

    [Parameter]
    public int Key { get; set; }

    [Parameter, EditorRequired]
    public required PayloadEntry Entry { get; set; }

    [Parameter]
    public int Index { get; set; }

    [Parameter]
    public bool Open { get; set; }

    [Parameter]
    public bool Selected { get; set; }

    [Parameter]
    public RowProblems Problems { get; set; } = RowProblems.None;

    [Parameter]
    public FieldTexts Texts { get; set; } = FieldTexts.None;

    [Parameter]
    public bool ReadOnly { get; set; }

    private string Row => FieldIds.Row(Table.List, Index);

    private string ShownProblems => string.Join(" ", Problems.For(Row)
        .Where(problem => !Open || problem.Key.Length == 0 || s_inLine.Contains(problem.Key))
        .Select(problem => problem.Value));

    /// <returns>True where the field is one of what the entry holds.</returns>
    public bool RevealContent(string field) => _content?.Reveal(field) == true;

    // The first render is not asked for.
    protected override void OnInitialized() => ShouldRender();

    protected override void OnParametersSet() => Table.Register(Key, this);

    protected override bool ShouldRender()
    {
        var state = (Index, Table.Count, Open, Selected, ReadOnly, Problems.Fingerprint(Row));
        var changed = !ReferenceEquals(_shown, Entry) || _state != state;
        (_shown, _state) = (Entry, state);
        return changed;
    }

    private string Say(string key) => L[key, Entry.Name.Length == 0 ? L["Unnamed"] : Entry.Name];

    private string Id(string member) => FieldIds.For($"{Row}.{member}");

    private string? Invalid(string member) => Problems.For(Row).ContainsKey(member) ? "true" : null;

    private void Set(PayloadEntry entry, string member) => Table.Set(Index, new EntryChange(entry, member));

    /// <summary>What means nothing for the new type goes, so that no rule is left that nobody sees.</summary>
    private PayloadEntry Retype(string type)
    {
        var entry = Entry with { Type = type, Encodings = [.. Entry.Encodings.Intersect(PayloadRules.Encodings(type))] };
        if (type != PayloadTypes.Audio)
        {
            entry = entry with { SampleRates = [], Channels = [], BitDepths = [], MaxFrameSize = null };
        }

        entry = type == PayloadTypes.Tensor ? entry with { Encodings = [], Formats = [] } : entry with { DataType = "", Shape = [] };
        return type == PayloadTypes.Json ? entry : entry with { Content = null };
    }
}
