using AvaConsole.Core.Schemas;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis;

/// <summary>One payload entry of the request or the response.</summary>
public sealed partial class EntryRow
{
    private static readonly string[] s_members = ["Name", "Type", "Required", "Encoding", "Compress", "Format", "DataType", "Shape", "Description"];

    private (PayloadEntry?, int, int, string, bool) _rendered;

    [Inject]
    public required IStringLocalizer<ApisText> L { get; init; }

    [Parameter, EditorRequired]
    public required PayloadEntry Entry { get; set; }

    /// <summary><see cref="DraftList.Payload"/> or <see cref="DraftList.Response"/>.</summary>
    [Parameter]
    public DraftList List { get; set; } = DraftList.Payload;

    [Parameter]
    public int Index { get; set; }

    [Parameter]
    public int Count { get; set; }

    [Parameter]
    public FieldTexts Problems { get; set; } = FieldTexts.None;

    [Parameter]
    public bool ReadOnly { get; set; }

    [Parameter]
    public EventCallback<(PayloadEntry Row, string Member)> OnChange { get; set; }

    [Parameter]
    public EventCallback<int> OnMove { get; set; }

    [Parameter]
    public EventCallback OnDuplicate { get; set; }

    [Parameter]
    public EventCallback OnRemove { get; set; }

    private string Row => FieldIds.Row(List, Index);

    private List<(string Value, string Text)> Types => PayloadTypes.All.Select(type => (type, L["PayloadType_" + type].Value)).ToList();

    protected override bool ShouldRender()
    {
        var now = (Entry, Index, Count, Problems.Fingerprint(Row), ReadOnly);
        var changed = now != _rendered;
        _rendered = now;
        return changed;
    }

    private List<(string Value, string Text)> Choices(IReadOnlyList<string> values) => [("", L["Any"].Value), .. values.Select(value => (value, value))];

    private static string First(IReadOnlyList<string> words) => words.Count == 0 ? "" : words[0];

    private static IReadOnlyList<string> Words(string word) => word.Length == 0 ? [] : [word];

    private string Id(string member) => FieldIds.For($"{Row}.{member}");

    private string? Error(string member) => Problems.For($"{Row}.{member}");

    private Task SetAsync(PayloadEntry entry, string member) => OnChange.InvokeAsync((entry, member));
}
