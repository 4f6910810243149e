using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Dockerfiles;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Core.Images.Recipes.Builds;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images.Recipes;

/// <summary>One recipe: a version's Dockerfile with the commands, the versions and what differs, the builds.</summary>
public sealed partial class RecipePage
{
    public const string Versions = "versions";
    public const string BuildsTab = "builds";
    public const string About = "about";
    private const string Text = "dockerfile";

    private StoredRecipe? _stored;
    private RecipeVersion? _version;
    private IReadOnlyList<DockerfileFinding> _findings = [];
    private IReadOnlyList<PushRegistry> _registries = [];
    private IReadOnlyList<string> _roots = [];
    private Error? _loadError;
    private string _dockerfile = "";

    [Inject]
    public required IStringLocalizer<RecipesText> L { get; init; }

    [Inject]
    public required RecipeService Recipes { get; init; }

    [Inject]
    public required ImageBuildService Builds { get; init; }

    [Inject]
    public required CatalogueRoots Roots { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    /// <summary>The version that is shown; 0 for the latest.</summary>
    [SupplyParameterFromQuery(Name = "version")]
    public int Version { get; set; }

    /// <summary>The version that it is compared with; 0 for the one before.</summary>
    [SupplyParameterFromQuery(Name = "compare")]
    public int Compare { get; set; }

    /// <summary>The build whose log is shown.</summary>
    [SupplyParameterFromQuery(Name = "build")]
    public string? Build { get; set; }

    private string Current => Tab is Versions or BuildsTab or About ? Tab : Text;

    private (string, string)[] Tabs => [(Text, L["Dockerfile"].Value), (Versions, L["VersionsCount", _stored!.Latest].Value), (BuildsTab, L["Builds"].Value), (About, L["About"].Value)];

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == RecipeService.Topic && happened.Id == Id;

    protected override Task OnParametersSetAsync() => RefreshAsync();

    protected override async Task RefreshAsync()
    {
        var stored = await Recipes.GetAsync(Id, Token);
        var version = await Recipes.GetVersionAsync(Id, Version > 0 && Current == Text ? Version : null, Token);
        (_registries, _roots) = (await Builds.ListRegistriesAsync(Token), await Roots.GetAsync(Token));
        _loadError = stored.Error ?? version.Error;
        if (_loadError is null)
        {
            _dockerfile = DockerfileWriter.Write(version.Value!.Recipe);
            _findings = DockerfileLint.Check(_dockerfile).Value ?? [];
            (_stored, _version) = (stored.Value, version.Value);
        }
    }
}
