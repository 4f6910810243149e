using AvaConsole.Core.Images.Recipes;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis.Code;
using AvaConsole.Web.Features.Images.Recipes;
using Bunit;

namespace AvaConsole.Tests.Web.Images.Recipes;

public sealed class RecipePagesTests : AvaTestContext
{
    private const string Base = "reg.example/ava-public/ava-tensorflow:py27-cpu";

    private static readonly ImageRecipe s_recipe = new() { Base = Base, Pip = [new PipPackage("keras", "", "==2.2.4")] };

    public override Task InitializeAsync() => StartConsoleAsync();

    [Fact]
    public async Task List_Recipes_ShowsTemplatesFirst()
    {
        await CreateAsync("ava-a");
        await CreateAsync("ava-b", isTemplate: true);

        var page = Render<RecipeListPage>();

        page.WaitForAssertion(() => Assert.Equal(["ava-b", "ava-a"], page.FindAll("tbody a.strong").Select(link => link.TextContent)));
        Assert.Equal("Use template", Assert.Single(page.FindAll("tbody .button-small")).TextContent);
    }

    [Fact]
    public async Task List_SearchInQuery_LooksIntoPackages()
    {
        await CreateAsync("ava-a");
        Navigation.NavigateTo(RecipeUrls.List("keras"));

        var page = Render<RecipeListPage>();

        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        Navigation.NavigateTo(RecipeUrls.List("caffe"));
        page.WaitForAssertion(() => Assert.Contains("caffe", page.Find(".empty-state").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Details_NoSuchRecipe_SaysSoWithAWayBack()
    {
        var page = Render<RecipePage>(parameters => parameters.Add(page => page.Id, Guid.NewGuid()));

        page.WaitForAssertion(() => Assert.Equal("/images/recipes", page.Find(".error-alert a").GetAttribute("href")));
    }

    [Fact]
    public async Task Details_Viewer_CannotEditOrBuild()
    {
        using var engine = new FakeEngine();
        engine.Use(Console);
        var recipe = await CreateAsync("ava-a");
        SignIn(Console.Viewer);
        Navigation.NavigateTo(RecipeUrls.Details(recipe, RecipePage.BuildsTab));

        var page = Render<RecipePage>(parameters => parameters.Add(page => page.Id, recipe));

        page.WaitForElement("nav.tabs");
        Assert.Empty(page.FindAll("[data-testid=edit-recipe], [data-testid=start-build]"));
    }

    [Fact]
    public async Task Edit_SomebodySavedMeanwhile_KeepsWhatWasTypedAndSavesItNext()
    {
        var recipe = await CreateAsync("ava-a");
        var page = await OpenAsync(recipe);
        page.WaitForElement("[data-testid=step-labels]").Click();
        page.WaitForElement("[data-testid=label-add]").Click();
        page.WaitForElement("#label-0").Input("team");
        Assert.Equal(2, (await Console.Recipes.SaveVersionAsync(recipe, 1, s_recipe with { User = "ava" }, "", Console.Bob with { Roles = Console.Alice.Roles }, default)).Value);

        page.WaitForElement("[data-testid=save-recipe]").Click();

        page.WaitForAssertion(() => Assert.Contains("bob saved version 2", page.Find(".error-alert").TextContent, StringComparison.Ordinal));
        Assert.Equal("team", page.Find("#label-0").GetAttribute("value"));
        page.Find("[data-testid=save-over]").Click();
        page.WaitForAssertion(() => Assert.Single(Toaster.Successes));
        var third = (await Console.Recipes.GetVersionAsync(recipe, 3, default)).Value!.Recipe;
        Assert.Equal(("", ""), (third.User, third.Labels["team"]));
    }

    [Fact]
    public async Task Edit_TypedDockerfile_FillsTheFormAndIsSaved()
    {
        var recipe = await CreateAsync("ava-a");
        var page = await OpenAsync(recipe);
        var box = page.FindComponent<CodeBox>();

        await box.InvokeAsync(() => box.Instance.OnTypedAsync(1, 0, 0, 0, $"FROM {Base}\nUSER ava\nRUN make\n"));

        page.WaitForAssertion(() => Assert.Contains("RUN make", page.Find("[data-testid=rest]").TextContent, StringComparison.Ordinal));
        page.Find("[data-testid=save-recipe]").Click();
        page.WaitForAssertion(() => Assert.Single(Toaster.Successes));
        var saved = (await Console.Recipes.GetVersionAsync(recipe, 2, default)).Value!.Recipe;
        Assert.Equal(("ava", "RUN make"), (saved.User, Assert.Single(saved.Rest).Text));
    }

    [Fact]
    public async Task New_FromATemplate_IsACopyThatNeedsANameOrAReason()
    {
        var template = await CreateAsync("ava-a", isTemplate: true);
        Navigation.NavigateTo(RecipeUrls.CopyOf(template) + "&step=result");
        var page = Render<RecipeEditPage>();

        page.WaitForElement("#recipe-name").Input("ava-b");
        page.WaitForElement("[data-testid=save-recipe]").Click();

        page.WaitForAssertion(() => Assert.Contains("say why", page.Find("#recipe-reason-error").TextContent, StringComparison.Ordinal));
        page.Find("#recipe-reason").Input("As the guide has it.");
        page.Find("[data-testid=save-recipe]").Click();
        page.WaitForAssertion(() => Assert.Single(Toaster.Successes));
        var copy = (await Console.Recipes.FindAsync("ava-b", default)).Value!;
        Assert.Equal(["keras==2.2.4"], copy.Recipe.Pip.Select(package => package.ToString()));
        Assert.False(copy.Stored.Recipe.IsTemplate);
    }

    [Fact]
    public async Task New_LeavingWithoutSaving_IsAsked()
    {
        var recipe = await CreateAsync("ava-a");
        Confirm.Answer = false;
        var page = await OpenAsync(recipe);
        page.WaitForElement("#recipe-note").Input("Something.");

        Navigation.NavigateTo("/images/recipes");

        page.WaitForAssertion(() => Assert.Single(Confirm.Asked));
        Assert.EndsWith("/edit", Navigation.Uri, StringComparison.Ordinal);
        page.Find("[data-testid=step-files]").Click();
        Assert.EndsWith("?step=files", Navigation.Uri, StringComparison.Ordinal);
        Assert.Single(Confirm.Asked);
    }

    [Fact]
    public async Task Builds_WithAnEngine_StartsShowsTheLogAndEnds()
    {
        using var engine = new FakeEngine("podman", build: "echo one; echo two; exit 3");
        engine.Use(Console);
        var recipe = await CreateAsync("ava-a");
        Navigation.NavigateTo(RecipeUrls.Details(recipe, RecipePage.BuildsTab));
        var page = Render<RecipePage>(parameters => parameters.Add(page => page.Id, recipe));

        page.WaitForElement("[data-testid=start-build]").Click();
        page.WaitForElement("[data-testid=cancel-build]");
        Assert.True(await Console.BuildRunner.RunOnceAsync(default));

        page.WaitForAssertion(() => Assert.Equal("Failed", page.Find("[data-testid=build]").GetAttribute("data-state")));
        Assert.Contains("exit code 3", page.Find("[data-testid=build] .problem").TextContent, StringComparison.Ordinal);
        Assert.Equal(["one", "two"], page.FindAll("[data-testid=log] > div").Select(line => line.TextContent).Skip(1));
        Assert.Empty(page.FindAll("[data-testid=cancel-build]"));
    }

    [Fact]
    public void GpuSwap_DrawnAgain_KeepsWhatWouldChangeUntilTheRecipeDoes()
    {
        var swap = Render<GpuSwap>(parameters => parameters.Add(swap => swap.Recipe, s_recipe));
        swap.Find("[data-testid=gpu-preview]").Click();

        swap.Render(parameters => parameters.Add(known => known.Recipe, s_recipe with { Pip = [.. s_recipe.Pip] }));

        Assert.Contains("py27-cuda80", swap.Find("[data-testid=gpu-changes]").TextContent, StringComparison.Ordinal);
        swap.Render(parameters => parameters.Add(known => known.Recipe, s_recipe with { User = "ava" }));
        Assert.Empty(swap.FindAll("[data-testid=gpu-changes]"));
    }

    [Fact]
    public async Task Delete_Confirmed_IsGone()
    {
        var recipe = await CreateAsync("ava-a");
        Navigation.NavigateTo(RecipeUrls.Details(recipe, RecipePage.About));
        var page = Render<RecipePage>(parameters => parameters.Add(page => page.Id, recipe));

        page.WaitForElement("[data-testid=delete-recipe]").Click();

        page.WaitForAssertion(() => Assert.EndsWith("/images/recipes", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("Delete recipe ava-a?", Assert.Single(Confirm.Asked));
        Assert.Empty(await Console.Recipes.ListAsync(null, default));
    }

    private async Task<Guid> CreateAsync(string name, bool isTemplate = false) =>
        (await Console.Recipes.CreateAsync(new RecipeRequest(name, "A test's.", "", isTemplate), s_recipe, "", Console.Alice, default)).Value!.Id;

    private async Task<IRenderedComponent<RecipeEditPage>> OpenAsync(Guid recipe)
    {
        Navigation.NavigateTo(RecipeUrls.Edit(recipe));
        var page = Render<RecipeEditPage>(parameters => parameters.Add(page => page.Id, recipe));
        page.WaitForElement("[data-testid=code]");
        var box = page.FindComponent<CodeBox>();
        await box.InvokeAsync(box.Instance.OnReadyAsync);
        return page;
    }
}
