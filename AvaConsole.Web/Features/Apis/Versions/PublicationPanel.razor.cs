using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Publication;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis.Versions;

/// <summary>Shows the plan that publishes or withdraws a version, and proposes it.</summary>
public sealed partial class PublicationPanel : IDisposable
{
    private readonly CancellationTokenSource _cts = new();
    private PublicationPreview? _preview;
    private Error? _error;
    private (Guid, PublicationStep)? _shown;
    private string _reason = "";
    private bool _busy;

    [Inject]
    public required IStringLocalizer<VersionsText> L { get; init; }

    [Inject]
    public required IStringLocalizer<SharedText> Shared { get; init; }

    [Inject]
    public required PublicationService Publications { get; init; }

    [Inject]
    public required CurrentActor Actor { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Parameter, EditorRequired]
    public required ApiVersion Version { get; set; }

    [Parameter, EditorRequired]
    public required PublicationStep Step { get; set; }

    /// <summary>Proposed, or put away.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    private bool IsWithdrawal => Step == PublicationStep.Withdraw;

    public void Dispose()
    {
        _cts.Cancel();
        _cts.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Version.Id, Step))
        {
            _shown = (Version.Id, Step);
            _reason = Version.SmallerReason;
            await PreviewAsync();
        }
    }

    private async Task PreviewAsync()
    {
        var result = await Publications.PreviewAsync(Version.Id, Step, await Actor.GetAsync(), _cts.Token);
        (_preview, _error) = (result.Value, result.Error);
    }

    private async Task ProposeAsync()
    {
        if (_busy || _preview is not { } shown)
        {
            return;
        }

        _busy = true;
        var result = await Publications.ProposeAsync(Version.Id, Step, _reason.Trim(), shown.Plan.ContentHash, await Actor.GetAsync(), _cts.Token);
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            Toaster.Success(L["ProposedToast", result.Value.Number]);
            await OnClose.InvokeAsync();
        }
    }
}
