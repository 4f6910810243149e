using AvaConsole.Core.Schemas;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis;

/// <summary>One request parameter. Rendered again only when it, its place or its problems change: a draft may have hundreds.</summary>
public sealed partial class ParameterRow
{
    private static readonly (string Value, string Text)[] s_types = [.. ParameterTypes.All.Select(type => (type, type))];

    private static readonly string[] s_members =
        ["Name", "Type", "Required", "Minimum", "Maximum", "MinLength", "MaxLength", "Enum", "Format", "Default", "Description"];

    private (ApiParameter?, int, int, string, bool) _rendered;

    [Inject]
    public required IStringLocalizer<ApisText> L { get; init; }

    [Parameter, EditorRequired]
    public required ApiParameter Parameter { get; set; }

    [Parameter]
    public int Index { get; set; }

    [Parameter]
    public int Count { get; set; }

    [Parameter]
    public FieldTexts Problems { get; set; } = FieldTexts.None;

    [Parameter]
    public bool ReadOnly { get; set; }

    [Parameter]
    public EventCallback<(ApiParameter Row, string Member)> OnChange { get; set; }

    [Parameter]
    public EventCallback<int> OnMove { get; set; }

    [Parameter]
    public EventCallback OnDuplicate { get; set; }

    [Parameter]
    public EventCallback OnRemove { get; set; }

    private string Row => FieldIds.Row(DraftList.Parameters, Index);

    private bool IsNumeric => Parameter.Type is ParameterTypes.Integer or ParameterTypes.Number;

    private (string Value, string Text)[] Formats => Parameter.Type switch
    {
        ParameterTypes.Integer => [("", L["Any"].Value), ("int32", "int32"), ("int64", "int64")],
        ParameterTypes.Number => [("", L["Any"].Value), ("float", "float"), ("double", "double")],
        _ => [],
    };

    private bool IsNested => Parameter.Type is ParameterTypes.Object or ParameterTypes.Array;

    private int NestedCount => Parameter.Type == ParameterTypes.Object ? Parameter.Properties.Count : Parameter.Items is null ? 0 : 1;

    protected override bool ShouldRender()
    {
        var now = (Parameter, Index, Count, Problems.Fingerprint(Row), ReadOnly);
        var changed = now != _rendered;
        _rendered = now;
        return changed;
    }

    private string Id(string member) => FieldIds.For($"{Row}.{member}");

    private string? Error(string member) => Problems.For($"{Row}.{member}");

    private Task SetAsync(ApiParameter parameter, string member) => OnChange.InvokeAsync((parameter, member));
}
