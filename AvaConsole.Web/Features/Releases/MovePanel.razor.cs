using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Releases;

/// <summary>Shows exactly what a submission, promotion or roll-back would write, and proposes exactly that.</summary>
public sealed partial class MovePanel : IDisposable
{
    private readonly CancellationTokenSource _cts = new();
    private PlanPreview? _preview;
    private Error? _error;
    private string _reason = "";
    private bool _busy;

    [Inject]
    public required IStringLocalizer<ReleasesText> L { get; init; }

    [Inject]
    public required ReleaseService Releases { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Parameter, EditorRequired]
    public required Release Release { get; set; }

    /// <summary>One of <see cref="ReleaseMoves"/>.</summary>
    [Parameter, EditorRequired]
    public required string Move { get; set; }

    /// <summary>Version that leaves the phase by this; null for none.</summary>
    [Parameter]
    public string? Holder { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter]
    public EventCallback OnProposed { get; set; }

    private string Effect => Move == ReleaseMoves.Submit
        ? L["Effect_submit", Release.Version]
        : Holder is null ? L[$"Effect_{Move}_first", Release.Version] : L["Effect_" + Move, Release.Version, Holder];

    public void Dispose()
    {
        _cts.Cancel();
        _cts.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        (_preview, _error) = (null, null);
        var result = await (Move switch
        {
            ReleaseMoves.Submit => Releases.PreviewSubmitAsync(Release.Id, Actor, _cts.Token),
            ReleaseMoves.Rollback => Releases.PreviewRollbackAsync(Release.Id, Actor, _cts.Token),
            _ => Releases.PreviewPromoteAsync(Release.Id, Move, Actor, _cts.Token),
        });
        (_preview, _error) = (result.Value, result.Error);
    }

    private async Task ProposeAsync()
    {
        if (_busy || _preview is not { } shown)
        {
            return;
        }

        _busy = true;
        var reason = _reason.Trim();
        var result = await (Move switch
        {
            ReleaseMoves.Submit => Releases.SubmitAsync(Release.Id, reason, shown.ContentHash, Actor, _cts.Token),
            ReleaseMoves.Rollback => Releases.RollbackAsync(Release.Id, reason, shown.ContentHash, Actor, _cts.Token),
            _ => Releases.PromoteAsync(Release.Id, Move, reason, shown.ContentHash, Actor, _cts.Token),
        });
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            Toaster.Success(L["PlanProposed", result.Value.Number]);
            await OnProposed.InvokeAsync();
        }
    }
}
