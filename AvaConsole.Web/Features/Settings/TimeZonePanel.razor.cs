using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Naming;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Settings;

/// <summary>The zone in which names get their date.</summary>
public sealed partial class TimeZonePanel : IDisposable
{
    private readonly CancellationTokenSource _cts = new();
    private string _saved = "";
    private string? _zone;
    private ConsoleDay? _today;
    private Error? _error;
    private bool _busy;

    [Inject]
    public required ConsoleClock Clock { get; init; }

    [Inject]
    public required CurrentActor Actor { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Inject]
    public required IStringLocalizer<NamesText> L { get; init; }

    [Parameter]
    public bool Allowed { get; set; }

    public void Dispose()
    {
        _cts.Cancel();
        _cts.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _today = await Clock.TodayAsync(_cts.Token);
        _zone = _saved = await Clock.GetZoneAsync(_cts.Token);
    }

    private void Type(string? zone) => (_zone, _error) = (zone ?? "", null);

    private async Task SaveAsync()
    {
        var zone = _zone!.Trim();
        if (_busy || zone == _saved)
        {
            return;
        }

        _busy = true;
        var result = await Clock.SetZoneAsync(zone, await Actor.GetAsync(), _cts.Token);
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            (_saved, _zone) = (zone, zone);
            _today = await Clock.TodayAsync(_cts.Token);
            Toaster.Success(L["ZoneSaved"]);
        }
    }
}
