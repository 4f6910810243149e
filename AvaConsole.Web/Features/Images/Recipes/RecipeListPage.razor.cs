using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images.Recipes;

/// <summary>Recipes of custom images, templates first.</summary>
public sealed partial class RecipeListPage
{
    private IReadOnlyList<RecipeSummary>? _recipes;

    [Inject]
    public required IStringLocalizer<RecipesText> L { get; init; }

    [Inject]
    public required RecipeService Recipes { get; init; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == RecipeService.Topic;

    protected override Task OnParametersSetAsync() => RefreshAsync();

    protected override async Task RefreshAsync() => _recipes = await Recipes.ListAsync(Search, Token);

    private void OnSearch(string text) => Navigation.NavigateTo(RecipeUrls.List(text), replace: true);
}
