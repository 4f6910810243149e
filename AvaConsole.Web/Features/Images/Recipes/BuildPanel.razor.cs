using AvaConsole.Core.Common;
using AvaConsole.Core.Images;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Core.Images.Recipes.Builds;
using AvaConsole.Core.Naming;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images.Recipes;

/// <summary>Builds a recipe's version where an engine is configured, and shows the log as it comes.</summary>
public sealed partial class BuildPanel
{
    /// <summary>Lines that are shown; the whole log can be downloaded.</summary>
    private const int MaxLines = 500;

    private IReadOnlyList<ImageBuild> _builds = [];
    private List<(int Number, string Line)> _lines = [];
    private Error? _error;
    private string? _target;
    private int? _number;
    private int _hidden;
    private bool _push;
    private bool _busy;
    private bool _loaded;

    [Inject]
    public required IStringLocalizer<RecipesText> L { get; init; }

    [Inject]
    public required ImageBuildService Builds { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Parameter, EditorRequired]
    public required StoredRecipe Recipe { get; set; }

    /// <summary>The latest.</summary>
    [Parameter, EditorRequired]
    public required RecipeVersion Version { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PushRegistry> Registries { get; set; }

    /// <summary>Id of the build that is shown; the newest where there is no such build.</summary>
    [Parameter]
    public string? Shown { get; set; }

    protected override TimeSpan PollInterval => Running is null ? TimeSpan.FromSeconds(20) : TimeSpan.FromSeconds(2);

    private ImageBuild? Running => _builds.FirstOrDefault(build => build.State is ImageBuildState.Pending or ImageBuildState.Building or ImageBuildState.Pushing);

    private ImageBuild? Current => _builds.FirstOrDefault(build => build.Id.ToString() == Shown) ?? (_builds is [var newest, ..] ? newest : null);

    private int Number => _number ?? Recipe.Latest;

    private string Target => _target ?? Proposed;

    /// <summary>Into the first registry that the team has, with the base's tag.</summary>
    private string Proposed
    {
        get
        {
            var tag = ImageReference.TryParse(Version.Recipe.Base, out var reference) && ImageTag.TryParse(reference.Tag, out var known) ? known.ToString() : $"v{Number}";
            string[] parts = Registries is [var first, ..] ? [first.Host, first.Namespace, Recipe.Name] : [Recipe.Name];
            return $"{string.Join('/', parts.Where(part => part.Length > 0))}:{tag}";
        }
    }

    private string PushText => ImageReference.TryParse(Target, out var reference) && Registries.FirstOrDefault(registry => registry.Host == reference.Registry) is { HasPassword: true } registry
        ? L["PushAs", registry.Name, registry.UserName]
        : L["PushAnonymous"];

    private IReadOnlyList<(string, string)> Numbers => [.. Recipe.Versions.Select(version => ($"{version.Number}", L["VersionNumber", version.Number].Value))];

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == ImageBuildService.Topic && happened.Id == Recipe.Id;

    protected override Task OnParametersSetAsync() => RefreshAsync();

    protected override async Task RefreshAsync()
    {
        _builds = await Builds.ListAsync(Recipe.Id, Token);
        _loaded = true;
        var log = Current is { } build ? (await Builds.ReadLogAsync(build.Id, Token)).Value ?? "" : "";
        var lines = log.Split('\n');
        var count = Math.Max(0, lines.Length - 1);
        _hidden = Math.Max(0, count - MaxLines);
        _lines = [.. Enumerable.Range(_hidden, count - _hidden).Select(number => (number, lines[number]))];
    }

    private static string KindOf(ImageBuild build) => build.State switch
    {
        ImageBuildState.Succeeded => "success",
        ImageBuildState.Failed => "danger",
        ImageBuildState.Cancelled => "neutral",
        _ => "info",
    };

    private async Task StartAsync()
    {
        _busy = true;
        var started = await Builds.StartAsync(Recipe.Id, Number, Target, _push, Actor!, Token);
        (_busy, _error) = (false, started.Error);
        if (started.IsSuccess)
        {
            Navigation.NavigateTo(RecipeUrls.Details(Recipe.Id, RecipePage.BuildsTab, build: started.Value.Id), replace: true);
        }

        await RefreshAsync();
    }

    private async Task CancelAsync(ImageBuild build)
    {
        _busy = true;
        var result = await Builds.CancelAsync(build.Id, Actor!, Token);
        (_busy, _error) = (false, result.Error);
        await RefreshAsync();
    }
}
