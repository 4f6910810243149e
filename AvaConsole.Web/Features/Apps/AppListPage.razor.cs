using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apps;

public sealed partial class AppListPage
{
    private IReadOnlyList<AppSummary>? _apps;

    [Inject]
    public required IStringLocalizer<AppsText> L { get; init; }

    [Inject]
    public required AppService Apps { get; init; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic is "app" or "change" or "release";

    protected override Task OnParametersSetAsync() => RefreshAsync();

    protected override async Task RefreshAsync() => _apps = await Apps.ListAsync(Search, Token);

    private void OnSearch(string text) => Navigation.NavigateTo(AppUrls.List(text), replace: true);
}
