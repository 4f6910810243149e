using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Core.Images.Recipes.Builds;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images.Recipes;

/// <summary>Makes a recipe, or the next version of one.</summary>
public sealed partial class RecipeEditPage
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(500);

    private StoredRecipe? _stored;
    private RecipeWork? _work;
    private RecipeWork? _given;
    private RecipeWizard? _wizard;
    private RecipeVersion? _theirs;
    private IReadOnlyList<RecipeSummary> _recipes = [];
    private IReadOnlyList<PushRegistry> _registries = [];
    private IReadOnlyList<string> _roots = [];
    private readonly TypingPause _keeping = new();
    private Error? _loadError;
    private Error? _error;
    private string _note = "";
    private string? _shown;
    private int _from;
    private bool _loaded;
    private bool _dirty;
    private bool _restored;
    private bool _busy;

    [Inject]
    public required IStringLocalizer<RecipesText> L { get; init; }

    [Inject]
    public required IStringLocalizer<SharedText> Shared { get; init; }

    [Inject]
    public required RecipeService Recipes { get; init; }

    [Inject]
    public required ImageBuildService Builds { get; init; }

    [Inject]
    public required CatalogueRoots Roots { get; init; }

    [Inject]
    public required RecipeDrafts Drafts { get; init; }

    [Inject]
    public required BrowserModule Browser { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    /// <summary>Empty for a new recipe.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "step")]
    public string? Step { get; set; }

    /// <summary><see cref="RecipeUrls.Scratch"/> or <see cref="RecipeUrls.Dockerfile"/>.</summary>
    [SupplyParameterFromQuery(Name = "start")]
    public string? Start { get; set; }

    /// <summary>Reference of a base image to start on.</summary>
    [SupplyParameterFromQuery(Name = "base")]
    public string? OnBase { get; set; }

    /// <summary>A recipe to start as a copy of.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public Guid? CopyOf { get; set; }

    private string Title => Id == Guid.Empty ? L["NewRecipe"] : L["EditRecipe", _stored?.Name ?? ""];

    /// <summary>Of this recipe, or of a new one that started in this way.</summary>
    private string Key => $"avaconsole.recipe.{(Id != Guid.Empty ? Id.ToString() : $"new.{CopyOf?.ToString() ?? OnBase ?? Start}")}";

    private string KeepKey => Key + ".typed";

    private string Hint => _work switch
    {
        { TextError: not null } => L["CannotSaveText"],
        { Problems.Count: > 0 } work => L["CannotSaveForm", Presenter.Text(work.Problems[0].Code, work.Problems[0].Args)],
        _ => "",
    };

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        (_registries, _roots) = (await Builds.ListRegistriesAsync(Token), await Roots.GetAsync(Token));
        if (Id == Guid.Empty)
        {
            _recipes = await Recipes.ListAsync(null, Token);
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{Id} {CopyOf} {OnBase} {Start}";
        if (_shown == wanted)
        {
            return;
        }

        var given = _given;
        (_shown, _work, _given, _error, _theirs, _restored, _dirty) = (wanted, given, null, null, null, false, false);
        _loadError = await LoadAsync();
        _loaded = true;
        if (given is not null)
        {
            await OnChangedAsync();
        }
    }

    protected override ValueTask DisposePageAsync()
    {
        _keeping.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Error?> LoadAsync()
    {
        if (Id == Guid.Empty && CopyOf is null && OnBase is null && Start is null)
        {
            return null;
        }

        var form = new RecipeForm { Base = OnBase ?? "" };
        if ((Id != Guid.Empty ? Id : CopyOf) is { } source)
        {
            var found = await Recipes.GetVersionAsync(source, null, Token);
            if (!found.IsSuccess)
            {
                return found.Error;
            }

            form.Take(found.Value.Recipe);
            if (Id != Guid.Empty)
            {
                (_stored, _from, form.Name) = (found.Value.Stored.Recipe, found.Value.Stored.Number, found.Value.Stored.Recipe.Name);
            }
        }

        if (!await RestoreAsync())
        {
            _work ??= RecipeWork.Of(form);
        }

        return null;
    }

    /// <summary>What was typed before the page was lost.</summary>
    private async Task<bool> RestoreAsync()
    {
        if (_work is not null || await Drafts.ReadAsync(Key) is not { } draft)
        {
            return false;
        }

        draft.Form.Name = _stored?.Name ?? draft.Form.Name;
        (_work, _note, _from) = (RecipeWork.Restore(draft.Form, draft.Text), draft.Note, _stored is null ? 0 : draft.From);
        (_restored, _dirty) = (true, true);
        return true;
    }

    /// <summary>The page's address says how it started, so that a reload finds the draft.</summary>
    private void TakeDockerfile(string text)
    {
        _given = RecipeWork.Of(new RecipeForm());
        _given.TextChanged(text.ReplaceLineEndings("\n"));
        Navigation.NavigateTo(RecipeUrls.Start(RecipeUrls.Dockerfile));
    }

    private void GoTo(string step) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("step", step), replace: true);

    private Task SetAsync(Action change)
    {
        change();
        return OnChangedAsync();
    }

    private async Task OnNamedAsync()
    {
        _work!.FormChanged();
        await OnChangedAsync();
        await (_wizard?.ForgetAsync() ?? Task.CompletedTask);
    }

    /// <summary>The browser keeps it after a moment without typing.</summary>
    private async Task OnChangedAsync()
    {
        // What was wrong may be mended now; who saved meanwhile is still to be heard.
        (_dirty, _error) = (true, _error is InvalidError ? null : _error);
        StateHasChanged();
        if (await _keeping.IsOverAsync(s_quiet) && _dirty && _work is not null && !IsDisposed)
        {
            await Drafts.KeepAsync(Key, new RecipeDraft(_work.Form, _work.Text, _note, _from));
        }
    }

    private async Task DiscardAsync()
    {
        await ForgetAsync();
        (_work, _note, _error, _theirs) = (null, "", null, null);
        _loadError = await LoadAsync();
    }

    private async Task ForgetAsync()
    {
        _keeping.Cancel();
        (_dirty, _restored) = (false, false);
        await Drafts.ForgetAsync(Key);
        await (_wizard?.ForgetAsync() ?? Task.CompletedTask);
    }

    private Task DownloadRecipeAsync() => Browser.SaveFileAsync("recipe.yml", "application/yaml", RecipeDocument.Yaml(_work!.Recipe!)).AsTask();

    private Task DownloadDockerfileAsync() => Browser.SaveFileAsync("Dockerfile", "text/plain", _work!.Text).AsTask();

    private Task SaveOverAsync()
    {
        _from = _theirs!.Stored.Number;
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        await (_wizard?.FlushAsync() ?? Task.CompletedTask);
        if (_work!.Recipe is { } recipe)
        {
            (_error, var saved) = _stored is null ? await CreateAsync(recipe) : await SaveVersionAsync(recipe);
            _theirs = _error is ConflictError { Code: "recipe.moved" } ? (await Recipes.GetVersionAsync(Id, null, Token)).Value : null;
            if (saved is { } id)
            {
                await ForgetAsync();
                Navigation.NavigateTo(RecipeUrls.Details(id));
            }
        }

        _busy = false;
    }

    private async Task<(Error?, Guid?)> CreateAsync(ImageRecipe recipe)
    {
        var created = await Recipes.CreateAsync(_work!.Form.Request, recipe, _note, Actor!, Token);
        if (!created.IsSuccess)
        {
            if (created.Error is InvalidError { Problems: [var first, ..] })
            {
                GoTo(RecipeSteps.Of(first.Field));
            }

            return (created.Error, null);
        }

        Toaster.Success(L["Created", created.Value.Name]);
        return (null, created.Value.Id);
    }

    private async Task<(Error?, Guid?)> SaveVersionAsync(ImageRecipe recipe)
    {
        var saved = await Recipes.SaveVersionAsync(Id, _from, recipe, _note, Actor!, Token);
        if (!saved.IsSuccess)
        {
            return (saved.Error, null);
        }

        Toaster.Success(L["VersionSaved", _stored!.Name, saved.Value]);
        return (null, Id);
    }

    /// <summary>Another step is no other page.</summary>
    private async Task OnLeavingAsync(LocationChangingContext context)
    {
        var isHere = new Uri(Navigation.ToAbsoluteUri(context.TargetLocation).GetLeftPart(UriPartial.Path)) == new Uri(new Uri(Navigation.Uri).GetLeftPart(UriPartial.Path));
        if (_dirty && !isHere && !await Confirm.AskAsync(L["LeaveTitle"], L["LeaveText"], L["LeaveVerb"], danger: true))
        {
            context.PreventNavigation();
        }
    }
}
