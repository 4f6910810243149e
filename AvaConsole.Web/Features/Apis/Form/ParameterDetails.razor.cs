using AvaConsole.Core.Schemas;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>Everything about a parameter that its row has no room for.</summary>
public sealed partial class ParameterDetails
{
    private static readonly (string Direction, string Icon, string Key)[] s_moves =
    [
        ("up", "arrow_upward", "MoveUp"),
        ("down", "arrow_downward", "MoveDown"),
        ("out", "format_indent_decrease", "MoveOut"),
        ("in", "format_indent_increase", "MoveIn"),
    ];

    private static readonly string[] s_textFormats = ["date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid", "byte", "regex"];

    [Inject]
    public required IStringLocalizer<FormText> L { get; init; }

    [Parameter, EditorRequired]
    public required ApiParameter Parameter { get; set; }

    [Parameter, EditorRequired]
    public required string Field { get; set; }

    /// <summary>Where it stands, by names.</summary>
    [Parameter]
    public string Crumbs { get; set; } = "";

    /// <summary>Texts by member.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string> Problems { get; set; } = new Dictionary<string, string>();

    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>The element of an array has no siblings.</summary>
    [Parameter]
    public bool IsElement { get; set; }

    [Parameter]
    public EventCallback<ParameterChange> OnChange { get; set; }

    /// <summary><c>up</c>, <c>down</c>, <c>out</c>, <c>in</c>.</summary>
    [Parameter]
    public EventCallback<string> OnMove { get; set; }

    private bool IsNumeric => Parameter.Type is ParameterTypes.Integer or ParameterTypes.Number;

    private bool HasEnum => IsNumeric || Parameter.Type == ParameterTypes.String || Parameter.Enum.Count > 0;

    private string? JsonHint => Parameter.Type switch
    {
        ParameterTypes.Object => "{\"key\": 1}",
        ParameterTypes.Array => "[1, 2]",
        _ => null,
    };

    private (string Value, string Text)[] NumberFormats => Parameter.Type == ParameterTypes.Integer
        ? [("", L["Any"].Value), ("int32", "int32"), ("int64", "int64")]
        : [("", L["Any"].Value), ("float", "float"), ("double", "double")];

    private (string Value, string Text)[] Flags => [("", L["None"].Value), ("true", "true"), ("false", "false")];

    private RenderFragment Number(string member, decimal? value, Func<decimal?, ApiParameter> change) => builder =>
        Parsed(builder, member, value, change, FieldFormats.Number, L["NotANumber"]);

    private RenderFragment Integer(string member, int? value, Func<int?, ApiParameter> change) => builder =>
        Parsed(builder, member, value, change, FieldFormats.Integer, L["NotAnInteger"]);

    private void Parsed<T>(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder, string member, T? value, Func<T?, ApiParameter> change, IFieldFormat<T> format, string unreadable)
    {
        builder.OpenComponent<ParsedField<T>>(0);
        builder.AddComponentParameter(1, nameof(ParsedField<T>.Format), format);
        builder.AddComponentParameter(2, nameof(ParsedField<T>.Label), L[member].Value);
        builder.AddComponentParameter(3, nameof(ParsedField<T>.Id), Id(member));
        builder.AddComponentParameter(4, nameof(ParsedField<T>.Value), value);
        builder.AddComponentParameter(5, nameof(ParsedField<T>.ValueChanged), EventCallback.Factory.Create<T?>(this, next => Set(change(next), member)));
        builder.AddComponentParameter(6, nameof(ParsedField<T>.Error), Error(member));
        builder.AddComponentParameter(7, nameof(ParsedField<T>.Unreadable), unreadable);
        builder.AddComponentParameter(8, nameof(ParsedField<T>.Disabled), ReadOnly);
        builder.CloseComponent();
    }

    private string Id(string member) => FieldIds.For($"{Field}.{member}");

    private string? Error(string member) => Problems.TryGetValue(member, out var text) ? text : null;

    private Task Set(ApiParameter parameter, string member) => OnChange.InvokeAsync(new ParameterChange(parameter, member));
}
