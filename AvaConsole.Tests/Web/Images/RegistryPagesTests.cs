using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Images.Registries;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Images;
using AvaConsole.Web.Features.Images.Registries;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Web.Images;

public sealed class RegistryPagesTests : AvaTestContext
{
    private static readonly RegistryRequest s_request = new("Team", "reg.example", "top secret") { UserName = "pusher", Namespace = "vision" };

    public override Task InitializeAsync() => StartConsoleAsync();

    [Fact]
    public void List_NoRegistry_SaysWhatToDo()
    {
        var page = Render<RegistryListPage>();

        page.WaitForAssertion(() => Assert.Equal(ImageUrls.NewRegistry, page.Find(".empty-state a").GetAttribute("href")));
    }

    [Fact]
    public async Task List_Registries_ShowHowTheyStand()
    {
        await AddAsync(s_request with { Name = "A" });
        await AddAsync(s_request with { Name = "B", Address = "b.example" }, new RefreshReport { ErrorCode = "registry.rate_limited", ErrorArgs = ["b.example", "600"], RateLimit = new RegistryRateLimit(100, 3, TimeSpan.FromHours(6)), Warnings = ["Moving soon"] });
        await AddAsync(s_request with { Name = "C", Address = "c.example", Enabled = false });

        var page = Render<RegistryListPage>();

        page.WaitForAssertion(() => Assert.Equal(["A reg.example", "B b.example", "C c.example"], page.FindAll("tbody td:first-child").Select(cell => cell.TextContent.Trim())));
        var rows = page.FindAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains("Waiting for its first refresh", rows[0], StringComparison.Ordinal);
        Assert.Contains("Rate limited", rows[1], StringComparison.Ordinal);
        Assert.Contains("3 of 100 left in 6 h", rows[1], StringComparison.Ordinal);
        Assert.Contains("Warnings: 1", rows[1], StringComparison.Ordinal);
        Assert.Contains("Switched off", rows[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_ValuesTyped_AreAdded()
    {
        var page = Render<NewRegistryPage>();

        page.WaitForElement("#registry-name").Input("Team");
        page.Find("#registry-address").Input("http://reg.example:5000");
        page.WaitForElement(".registry-caution");
        page.Find("#registry-user").Input("pusher");
        page.Find("#registry-secret").Input("top secret");
        page.Find("#registry-repositories").Input("vision/b, vision/a");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("/images/registries/0", Navigation.Uri, StringComparison.Ordinal));
        var added = Assert.Single(await Console.Registries.ListAsync(default));
        Assert.Equal(("Team", "http://reg.example:5000", true), (added.Registry.Name, added.Registry.Address, added.HasSecret));
        Assert.Equal(["vision/a", "vision/b"], added.Registry.Repositories);
    }

    [Fact]
    public void New_WrongValues_AreSaidAtTheirFields()
    {
        var page = Render<NewRegistryPage>();
        page.WaitForElement("#registry-address").Input("https://a:b@reg.example");
        page.Find("#registry-minutes").Input("soon");

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("user name and password", page.Find("#registry-address-error").TextContent, StringComparison.Ordinal));
        Assert.Contains("5 to 10080", page.Find("#registry-minutes-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("Give the registry a name", page.Find("#registry-name-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_RealmElsewhere_CanBeAllowedFromTheTest()
    {
        await using var tokens = await SimulatedRegistry.StartAsync(context => context.JsonAsync("""{"token":"t"}"""));
        var images = new SimulatedImages();
        images.Add("vision/keras", "amd64", "v1");
        await using var registry = await SimulatedRegistry.StartAsync(context =>
            context.Request.Headers.Authorization == "Bearer t" ? images.AnswerAsync(context) : context.ChallengeAsync($"Bearer realm=\"{tokens.Url("/token")}\""));
        Console.AllowRegistries(registry.Port, tokens.Port);
        var page = Render<NewRegistryPage>();
        page.WaitForElement("#registry-address").Input(registry.Url("/").ToString());

        page.Find("[data-testid=test-connection]").Click();
        page.WaitForElement("[data-testid=allow-host]");
        Assert.Contains(tokens.Host, page.Find(".test-steps .bad").TextContent, StringComparison.Ordinal);
        Assert.Empty(tokens.Seen);
        page.Find("[data-testid=allow-host]").Click();

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".test-steps .good").Count));
        Assert.Equal(tokens.Host, page.Find("#registry-hosts").GetAttribute("value"));
        Assert.Contains("vision/keras has tags: 1.", page.Find(".test-steps").TextContent, StringComparison.Ordinal);
        Assert.Empty(await Console.Registries.ListAsync(default));
    }

    [Fact]
    public void New_NoAdministrator_IsToldWhy()
    {
        SignIn(Console.Bob);

        var page = Render<NewRegistryPage>();

        page.WaitForAssertion(() => Assert.Equal("You cannot add registries", page.Find(".empty-state h2").TextContent));
    }

    [Fact]
    public async Task Page_Secret_IsNeverShown()
    {
        var id = await AddAsync(s_request);

        var page = Open(id);

        var field = page.WaitForElement("#registry-secret");
        Assert.Equal(("password", ""), (field.GetAttribute("type"), field.GetAttribute("value") ?? ""));
        Assert.DoesNotContain("top secret", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AddressChangedWithoutSecret_IsRefusedAtTheSecret()
    {
        var page = Open(await AddAsync(s_request));
        page.WaitForElement("#registry-address").Input("https://other.example");

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("typed for https://reg.example", page.Find("#registry-secret-error").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_EditedMeanwhile_OffersToReload()
    {
        var id = await AddAsync(s_request);
        var page = Open(id);
        page.WaitForElement("#registry-name").Input("Mine");
        Assert.Null((await Console.Registries.UpdateAsync(id, 1, s_request with { Name = "Ours" }, Console.Alice, default)).Error);

        page.Find("form").Submit();
        page.WaitForElement("form .error-alert button").Click();

        page.WaitForAssertion(() => Assert.Equal("Ours", page.Find("#registry-name").GetAttribute("value")));
    }

    [Fact]
    public async Task Page_Running_ShowsItsProgress()
    {
        var id = await AddAsync(s_request, new RefreshReport { StartedAt = Clock.GetUtcNow(), SeenAt = Clock.GetUtcNow(), RepositoriesAhead = 40, Repositories = 12, Current = "vision/keras" });

        var page = Open(id);

        page.WaitForAssertion(() => Assert.Equal(("40", "12"), (page.Find("progress").GetAttribute("max"), page.Find("progress").GetAttribute("value"))));
        Assert.Contains("vision/keras", page.Find(".refresh-progress").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=refresh-now]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Page_RefreshNow_IsAskedFor()
    {
        var id = await AddAsync(s_request, new RefreshReport { StartedAt = Clock.GetUtcNow(), EndedAt = Clock.GetUtcNow() });
        await Console.QueryAsync(db => db.ImageRegistries.ExecuteUpdateAsync(set => set.SetProperty(registry => registry.NextRefreshAt, DateTimeOffset.UtcNow.AddHours(1))));
        var page = Open(id);

        await page.WaitForElement("[data-testid=refresh-now]").ClickAsync(new());

        Assert.Single(await Console.AuditAsync("registry.refreshed"));
        Assert.True((await Console.Registries.GetAsync(id, default)).Value!.Registry.NextRefreshAt <= DateTimeOffset.UtcNow);
    }

    [Theory]
    [InlineData("registry.credentials_refused", "reg.example", "", "did not accept the user name and password")]
    [InlineData("registry.rate_limited", "reg.example", "600", "600")]
    [InlineData("registry.link_foreign", "reg.example", "thief.example", "thief.example")]
    [InlineData("registry.budget_spent", "2000", "", "The next one goes on from here")]
    [InlineData("registry.realm_foreign", "reg.example", "thief.example", "thief.example")]
    public async Task Page_RefreshThatStopped_SaysWhy(string code, string first, string second, string text)
    {
        var page = Open(await AddAsync(s_request, new RefreshReport { StartedAt = Clock.GetUtcNow(), EndedAt = Clock.GetUtcNow(), ErrorCode = code, ErrorArgs = [first, second] }));

        page.WaitForAssertion(() => Assert.Contains(text, page.Find(".refresh-said").TextContent, StringComparison.Ordinal));
        Assert.Equal(code == "registry.realm_foreign" ? 1 : 0, page.FindAll("[data-testid=allow-host]").Count);
    }

    [Fact]
    public async Task Page_WhatCouldNotBeRead_IsListed()
    {
        var id = await AddAsync(s_request);
        await Console.QueryAsync(async db =>
        {
            db.AddRange(
                new IndexedRepository { Id = Guid.CreateVersion7(), RegistryId = id, Path = "denied", ErrorCode = "registry.denied", ErrorArgs = ["reg.example", "denied"] },
                new IndexedRepository
                {
                    Id = Guid.CreateVersion7(),
                    RegistryId = id,
                    Path = "mixed",
                    Tags =
                    [
                        Tag("good", TagState.Known, ""), Tag("gone", TagState.Dangling, "registry.manifest_unknown", "mixed:gone"),
                        Tag("lie", TagState.Unreadable, "registry.digest_differs", "reg.example", "sha256:a", "sha256:b"),
                    ],
                });
            return await db.SaveChangesAsync();
        });

        var page = Open(id);

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".table tbody tr").Count));
        var rows = page.FindAll(".table tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains("denied", rows[0], StringComparison.Ordinal);
        Assert.Contains("The registry lists the tag, and yet", rows[1], StringComparison.Ordinal);
        Assert.Contains("sha256:b", rows[2], StringComparison.Ordinal);
        Assert.Contains("(1 dangling, 1 cannot be read)", page.Find(".facts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Remove_AsksAndGoesToTheList()
    {
        var page = Open(await AddAsync(s_request));

        page.WaitForElement("[data-testid=remove-registry]").Click();

        page.WaitForAssertion(() => Assert.EndsWith(ImageUrls.RegistriesPath, Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(["Remove Team?"], Confirm.Asked);
        Assert.Empty(await Console.Registries.ListAsync(default));
    }

    [Fact]
    public async Task Page_Viewer_SeesFactsAndNothingToChange()
    {
        var id = await AddAsync(s_request);
        SignIn(Console.Viewer);

        var page = Open(id);

        page.WaitForAssertion(() => Assert.Contains("https://reg.example", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("form, button"));
        Assert.DoesNotContain("top secret", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_UnknownRegistry_SaysSoWithAWayBack()
    {
        var page = Open(Guid.CreateVersion7());

        page.WaitForAssertion(() => Assert.Equal(ImageUrls.RegistriesPath, page.Find(".error-alert a").GetAttribute("href")));
    }

    private IRenderedComponent<RegistryPage> Open(Guid id) => Render<RegistryPage>(parameters => parameters.Add(page => page.Id, id));

    private async Task<Guid> AddAsync(RegistryRequest request, RefreshReport? report = null)
    {
        var id = (await Console.Registries.AddAsync(request, Console.Alice, default)).Value!.Registry.Id;
        if (report is not null) await Console.QueryAsync(db => db.ImageRegistries.Where(registry => registry.Id == id).ExecuteUpdateAsync(set => set.SetProperty(registry => registry.Refresh, report)));
        return id;
    }

    private static IndexedTag Tag(string name, TagState state, string code, params string[] args) =>
        new() { Id = Guid.CreateVersion7(), Name = name, State = state, ErrorCode = code, ErrorArgs = args };
}
