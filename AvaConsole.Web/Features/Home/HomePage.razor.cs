using AvaConsole.Core.Common;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Home;

/// <summary>What is live, what waits for me, what happened last; on a new console, how to begin.</summary>
public sealed partial class HomePage
{
    private HomeOverview? _overview;
    private bool _exampleBusy;

    [Inject]
    public required HomeOverviewReader Reader { get; init; }

    [Inject]
    public required IStringLocalizer<HomeText> L { get; init; }

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic is "api" or "app" or "release" or "change" or "hosts";

    protected override Task RefreshAsync() => ReloadAsync();

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        await ReloadAsync();
    }

    private async Task OnExampleBusyAsync(bool busy)
    {
        _exampleBusy = busy;
        await ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        // Its first part would turn the empty page into the full one and take the progress away.
        if (Actor is { } actor && !_exampleBusy)
        {
            _overview = await Reader.ReadAsync(actor, Token);
        }
    }
}
