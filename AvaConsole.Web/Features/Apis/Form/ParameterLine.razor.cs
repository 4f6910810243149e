using AvaConsole.Core.Schemas;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>One row of a tree. Rendered again only when it or its problems change: a draft may have hundreds.</summary>
public sealed partial class ParameterLine
{
    private static readonly string[] s_inLine = ["Name", "Type", "Required"];

    private ApiParameter? _shown;
    private (string, bool, bool, bool, bool, int, string) _state;

    [Inject]
    public required IStringLocalizer<FormText> L { get; init; }

    [Parameter, EditorRequired]
    public required ParameterTree Tree { get; set; }

    [Parameter, EditorRequired]
    public required RowNode Node { get; set; }

    [Parameter]
    public bool Selected { get; set; }

    [Parameter]
    public RowProblems Problems { get; set; } = RowProblems.None;

    [Parameter]
    public bool ReadOnly { get; set; }

    private ApiParameter Parameter => Node.Parameter;

    private string Crumbs => string.Join(" › ", Node.Ancestors.Append(Node).Select(Label));

    /// <summary>In the open details the fields say their own problems.</summary>
    private string ShownProblems => string.Join(" ", Problems.For(Node.Field)
        .Where(problem => !Node.Open || problem.Key.Length == 0 || s_inLine.Contains(problem.Key))
        .Select(problem => problem.Value));

    // The first render is not asked for.
    protected override void OnInitialized() => ShouldRender();

    protected override bool ShouldRender()
    {
        var state = (Node.Field, Node.Expanded, Node.Open, Selected, ReadOnly, Node.Children.Count, Problems.Fingerprint(Node.Field));
        var changed = !ReferenceEquals(_shown, Parameter) || _state != state;
        (_shown, _state) = (Parameter, state);
        return changed;
    }

    private string Label(RowNode node) => node.IsElement ? L[node.Parent is null ? "ContentRoot" : "Element"] : node.Parameter.Name.Length > 0 ? node.Parameter.Name : L["Unnamed"];

    private string Say(string key) => L[key, Crumbs];

    private string Id(string member) => FieldIds.For(member.Length == 0 ? Node.Field : $"{Node.Field}.{member}");

    private string? Error(string member) => Problems.For(Node.Field).TryGetValue(member, out var text) ? text : null;

    private string? Invalid(string member) => Error(member) is null ? null : "true";

    private void Set(ApiParameter parameter, string member) => Tree.Set(Node, parameter, member);

    private void ToggleMembers()
    {
        Node.Expanded = !Node.Expanded;
        Tree.Refresh();
    }

    private void ToggleDetails()
    {
        Node.Open = !Node.Open;
        Tree.Refresh();
    }
}
