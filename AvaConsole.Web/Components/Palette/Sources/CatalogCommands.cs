using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Features.Apis;
using AvaConsole.Web.Features.Apps;
using AvaConsole.Web.Features.Changes;
using AvaConsole.Web.Features.Releases;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Components.Palette.Sources;

/// <summary>Apps, APIs, releases and changes by name. Looks only once something was typed.</summary>
public sealed class CatalogCommands(AppService apps, SchemaService apis, ReleaseService releases, ChangeService changes, IStringLocalizer<PaletteText> texts) : IPaletteSource
{
    private const int MostApps = 3;
    private const int MostChanges = 100;

    public async ValueTask<IReadOnlyList<PaletteCommand>> FindAsync(string query, Actor actor, CancellationToken ct)
    {
        if (query.Length == 0 || !actor.Can(Permission.View))
        {
            return [];
        }

        var allApps = await apps.ListAsync(null, ct);
        var allApis = await apis.ListAsync(null, ct);
        return
        [
            .. allApps.Select(ToCommand),
            .. allApis.Select(ToCommand),
            .. await ReleasesAsync(query, allApps, ct),
            .. (await changes.ListAsync(null, null, MostChanges, ct)).Select(ToCommand),
        ];
    }

    // Releases belong to apps: "digits 2026" looks among the releases of the apps that a word of it names.
    private async Task<List<PaletteCommand>> ReleasesAsync(string query, IReadOnlyList<AppSummary> all, CancellationToken ct)
    {
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var named = all.Where(app => words.Any(word => app.InstanceName.Contains(word, StringComparison.OrdinalIgnoreCase)));
        var found = new List<PaletteCommand>();
        foreach (var app in named.Concat(all).DistinctBy(app => app.Id).Take(MostApps))
        {
            foreach (var release in await releases.ListAsync(app.Id, ct))
            {
                found.Add(new PaletteCommand($"release-{release.Id}", PaletteGroup.Releases, $"{app.Command} {release.Version}", "sell")
                {
                    Url = ReleaseUrls.Details(release.Id),
                    Hint = release.Phase ?? "",
                });
            }
        }

        return found;
    }

    private static PaletteCommand ToCommand(AppSummary app) => new("app-" + app.Command, PaletteGroup.Apps, app.Command, "deployed_code")
    {
        Url = AppUrls.Details(app.Command),
        Hint = app.ProductionVersion ?? "",
        Keywords = $"{app.InstanceName} {app.Description} {app.OwnerName}",
    };

    private static PaletteCommand ToCommand(ApiSummary api) => new($"api-{api.Id}", PaletteGroup.Apis, api.Name, "schema")
    {
        Url = ApiUrls.Details(api.Id),
        Hint = api.LatestVersion ?? api.DraftVersion,
        Keywords = api.Description,
    };

    private PaletteCommand ToCommand(ChangePlan plan) => new($"change-{plan.Id}", PaletteGroup.Changes, texts["ChangeTitle", plan.Number], "published_with_changes")
    {
        Url = ChangeUrls.Details(plan.Id),
        Hint = string.Join(" ", new[] { plan.Subject, plan.App?.Command, plan.Release?.Version }.Where(part => !string.IsNullOrEmpty(part))),
        Keywords = plan.Reason,
    };
}
