using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apps;

public sealed partial class AppPage
{
    private App? _app;
    private Error? _error;
    private string? _loaded;

    [Inject]
    public required IStringLocalizer<AppsText> L { get; init; }

    [Inject]
    public required AppService Apps { get; init; }

    [Parameter]
    public string Command { get; set; } = "";

    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "version")]
    public string? Version { get; set; }

    [SupplyParameterFromQuery(Name = "failed")]
    public bool? Failed { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int Page { get; set; }

    private AppTab Current => AppUrls.ParseTab(Tab);

    private List<(string Id, string Text)> Tabs =>
    [
        (AppUrls.Name(AppTab.Releases), L["Releases"].Value),
        (AppUrls.Name(AppTab.Try), L["TryIt"].Value),
        (AppUrls.Name(AppTab.Tests), L["TestsCount", _app?.TestCases.Count ?? 0].Value),
        (AppUrls.Name(AppTab.Requests), L["Requests"].Value),
        (AppUrls.Name(AppTab.About), L["About"].Value),
    ];

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "app" && (happened.Id is null || happened.Id == _app?.Id);

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded != Command)
        {
            (_loaded, _app) = (Command, null);
            await RefreshAsync();
        }
    }

    protected override async Task RefreshAsync()
    {
        var result = await Apps.GetAsync(Command, Token);
        (_app, _error) = (result.Value ?? _app, result.Error);
    }
}
