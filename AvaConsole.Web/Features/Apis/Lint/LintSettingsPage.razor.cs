using System.Text.RegularExpressions;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis.Lint;

/// <summary>The rules of one project: off, warn or error.</summary>
public sealed partial class LintSettingsPage
{
    private const string ChangedOnly = "changed";

    private List<(string Value, string Text)>? _projects;
    private LintSettings _settings = LintSettings.Default;
    private string _current = "";
    private Error? _error;
    private bool _busy;

    [Inject]
    public required IStringLocalizer<LintText> L { get; init; }

    [Inject]
    public required IStringLocalizer<ApisText> Apis { get; init; }

    [Inject]
    public required IStringLocalizer<ErrorText> Errors { get; init; }

    [Inject]
    public required LintSettingsService Settings { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [SupplyParameterFromQuery(Name = "group")]
    public string? Group { get; set; }

    [SupplyParameterFromQuery(Name = "project")]
    public string? Project { get; set; }

    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    private bool OnlyChanged => Show == ChangedOnly;

    private IEnumerable<LintRule> Shown => LintRules.All.Where(rule => !OnlyChanged || IsChanged(rule));

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "lint";

    protected override Task OnParametersSetAsync() => RefreshAsync();

    protected override async Task RefreshAsync()
    {
        var known = await Settings.ListProjectsAsync(Token);
        if (Group is { Length: > 0 } group && Project is { Length: > 0 } project && !known.Contains((group, project)))
        {
            known = [.. known, (group, project)];
        }

        _projects = [.. known.Select(one => (Value(one.Group, one.Project), $"{one.Group} / {one.Project}"))];
        var chosen = Group is { Length: > 0 } ? (Group, Project ?? "") : known.Count > 0 ? known[0] : ("", "");
        _current = Value(chosen.Item1, chosen.Item2);
        _settings = await Settings.GetAsync(chosen.Item1, chosen.Item2, Token);
    }

    /// <summary>What the rule says of a finding, without the values of one.</summary>
    private string Describe(LintRule rule) => Placeholder().Replace(Errors[rule.Id].Value, "…");

    private string State(LintRule rule) => rule.IsFixed ? L["Fixed"] : IsChanged(rule) ? L["Changed"] : L["Own"];

    private bool IsChanged(LintRule rule) => _settings.SeverityOf(rule.Id) != rule.Severity;

    private void SelectProject(string value)
    {
        var parts = value.Split('/');
        Navigation.NavigateTo(LintUrls.Settings(parts[0], parts[^1], Show));
    }

    private void Filter(bool changed)
    {
        var parts = _current.Split('/');
        Navigation.NavigateTo(LintUrls.Settings(parts[0], parts[^1], changed ? ChangedOnly : null), replace: true);
    }

    private async Task SetAsync(LintRule rule, string name)
    {
        var severity = Enum.GetValues<LintSeverity>().First(known => LintSettings.NameOf(known) == name);
        var parts = _current.Split('/');
        _busy = true;
        var result = await Settings.SetAsync(parts[0], parts[^1], rule.Id, severity, Actor!, Token);
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            _settings = result.Value;
            Toaster.Success(L["Saved"]);
        }
    }

    // Neither name can hold a slash.
    private static string Value(string group, string project) => $"{group}/{project}";

    [GeneratedRegex(@"\{[0-9]+\}")]
    private static partial Regex Placeholder();
}
