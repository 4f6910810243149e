using System.Globalization;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Core.RequestLog;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apps;

/// <summary>Samples of an app's calls: how many are kept, and what they were.</summary>
public sealed partial class RequestsTab
{
    private const int PageSize = 50;

    private RequestSampling? _sampling;
    private Page<RequestSample>? _page;
    private RequestFilter? _shown;
    private decimal? _share;
    private Error? _error;
    private int _shownPage;
    private bool _busy;
    private bool _loaded;

    [Inject]
    public required IStringLocalizer<AppsText> L { get; init; }

    [Inject]
    public required IStringLocalizer<SharedText> Shared { get; init; }

    [Inject]
    public required RequestLogService Log { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Parameter, EditorRequired]
    public required App App { get; set; }

    [Parameter]
    public string? Search { get; set; }

    [Parameter]
    public string? Version { get; set; }

    [Parameter]
    public bool? Failed { get; set; }

    [Parameter]
    public int Page { get; set; } = 1;

    // Samples are stored a moment after their call.
    protected override TimeSpan PollInterval => TimeSpan.FromSeconds(5);

    private static int Days => (int)RequestRecorder.Kept.TotalDays;

    private RequestFilter Filter => new(Blank(Search), Blank(Version), Failed);

    private IEnumerable<string> Versions => (_page?.Items ?? []).Select(sample => sample.Version).Append(Version ?? "").Where(version => version.Length > 0).Distinct().Order();

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "sampling" && happened.Id == App.Id;

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _sampling = await Log.GetSamplingAsync(App.Id, Token);
        (_share, _loaded) = (_sampling?.Share ?? 0, true);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Actor is not null && (_shown != Filter || _shownPage != Page))
        {
            await RefreshAsync();
        }
    }

    protected override async Task RefreshAsync()
    {
        if (!Can(Permission.ManageApps))
        {
            return;
        }

        var (filter, page) = (Filter, Page);
        var listed = await Log.ListAsync(App.Id, filter, (page - 1) * PageSize, PageSize, Actor!, Token);
        (_shown, _shownPage) = (filter, page);
        _page = listed.Value ?? _page;
        _sampling = await Log.GetSamplingAsync(App.Id, Token);
    }

    private async Task SaveAsync()
    {
        if (_share is not { } share || _busy)
        {
            return;
        }

        _busy = true;
        var saved = await Log.SetShareAsync(App, share, Actor!, Token);
        (_busy, _error, _sampling) = (false, saved.Error, saved.Value ?? _sampling);
        if (saved.IsSuccess)
        {
            Toaster.Success(share == 0 ? L["SamplingOff"] : L["SamplingOn", share.ToString("0.####", CultureInfo.InvariantCulture)]);
        }
    }

    private async Task DeleteAsync()
    {
        if (!await Confirm.AskAsync(L["RequestDeleteTitle", App.Command], L["RequestDeleteText", _page!.Total], L["RequestDelete"], danger: true))
        {
            return;
        }

        _busy = true;
        var deleted = await Log.ClearAsync(App, Actor!, Token);
        (_busy, _error) = (false, deleted.Error);
        if (deleted.IsSuccess)
        {
            Toaster.Success(L["RequestDeleted", deleted.Value]);
            await RefreshAsync();
        }
    }

    private void Go(RequestFilter filter) => Navigation.NavigateTo(AppUrls.Requests(App.Command, filter), replace: true);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string Status(RequestSample sample) =>
        sample.Error.Length == 0 ? sample.Status.ToString(CultureInfo.InvariantCulture) : $"{sample.Status.ToString(CultureInfo.InvariantCulture)} {sample.Error}";
}
