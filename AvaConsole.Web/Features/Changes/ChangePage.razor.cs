using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Apis;
using AvaConsole.Web.Features.Apps;
using AvaConsole.Web.Features.Releases;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Changes;

/// <summary>One change plan: what it writes, who decided, and how it ended.</summary>
public sealed partial class ChangePage
{
    private ChangePlan? _plan;
    private Error? _error;
    private Error? _refused;
    private bool _busy;

    [Inject]
    public required IStringLocalizer<ChangesText> L { get; init; }

    [Inject]
    public required ChangeService Changes { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Parameter]
    public Guid Id { get; set; }

    protected override TimeSpan PollInterval => _plan?.State switch
    {
        ChangeState.Applying => TimeSpan.FromSeconds(1),
        ChangeState.AwaitingApproval or ChangeState.Approved => TimeSpan.FromSeconds(5),
        _ => TimeSpan.FromSeconds(30),
    };

    private string Title => L["ChangeTitle", _plan!.Number, L["Kind_" + _plan.Kind].Value, Subject];

    private string Subject => ChangeStates.Subject(_plan!) is { Length: > 0 } subject ? subject : L["AllApps"];

    private bool CanWithdraw =>
        (Can(Permission.Release) || Can(Permission.DesignApi)) && Actor!.AccountId == _plan!.ProposedById && _plan.State is ChangeState.AwaitingApproval or ChangeState.Approved;

    /// <summary>Where the same is proposed against the live configuration as it is now.</summary>
    private string? AgainUrl => _plan!.ReleaseId is { } release ? ReleaseUrls.Move(release, _plan.Kind switch
    {
        ChangeKind.Promote => TargetPhase() ?? ReleaseMoves.Grey,
        ChangeKind.Rollback => ReleaseMoves.Rollback,
        _ => ReleaseMoves.Submit,
    }) : _plan is { Kind: ChangeKind.Configuration, App: { } app } ? AppUrls.Details(app.Command, AppTab.About) : VersionUrl;

    /// <summary>The API version that the plan publishes or withdraws, on its API's page.</summary>
    private string? VersionUrl => _plan!.ApiVersion is { } version ? ApiUrls.Details(version.ApiId, version: version.Version) : null;

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "change" && (happened.Id is null || happened.Id == Id);

    protected override async Task OnParametersSetAsync()
    {
        if (_plan?.Id != Id)
        {
            _plan = null;
            await RefreshAsync();
        }
    }

    protected override async Task RefreshAsync()
    {
        var result = await Changes.GetAsync(Id, Token);
        if (!result.IsSuccess)
        {
            _error = result.Error;
            return;
        }

        if (result.Value.State == ChangeState.AwaitingApproval && Actor is not null)
        {
            _refused = (await Changes.CanDecideAsync(Id, Actor, Token)).Error;
        }

        _plan = result.Value;
    }

    private async Task ApproveAsync(string comment)
    {
        var own = Actor!.AccountId == _plan!.ProposedById;
        if (await Confirm.AskAsync(L["ApproveTitle", _plan.Number], own ? L["ApproveTextOwn", _plan.Operations.Count] : L["ApproveText", _plan.Operations.Count], L["Approve"]))
        {
            await ActAsync(() => Changes.ApproveAsync(Id, _plan.ContentHash, comment, Actor, Token), plan => L["ApprovedToast", plan.Number]);
        }
    }

    private async Task RejectAsync(string comment)
    {
        if (await Confirm.AskAsync(L["RejectTitle", _plan!.Number], L["RejectText"], L["Reject"], danger: true))
        {
            await ActAsync(() => Changes.RejectAsync(Id, _plan.ContentHash, comment, Actor!, Token), plan => L["RejectedToast", plan.Number]);
        }
    }

    private async Task WithdrawAsync()
    {
        if (await Confirm.AskAsync(L["WithdrawTitle", _plan!.Number], L["WithdrawText"], L["Withdraw"], danger: true))
        {
            await ActAsync(() => Changes.WithdrawAsync(Id, Actor!, Token), plan => L["WithdrawnToast", plan.Number]);
        }
    }

    private Task ApplyAsync() => ActAsync(() => Changes.ApplyAsync(Id, Actor!, Token), done: null);

    private async Task ActAsync(Func<Task<Result<ChangePlan>>> action, Func<ChangePlan, string>? done)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var result = await action();
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess && done is not null)
        {
            Toaster.Success(done(result.Value));
        }

        await RefreshAsync();
        Wake();
    }

    /// <summary>The phase that the plan writes for its own release, read from the release's document.</summary>
    private string? TargetPhase()
    {
        var key = _plan!.App is { } app && _plan.Release is { } release ? ConfigKey.AppRelease(app.Command, release.Version) : null;
        var written = _plan.Operations.FirstOrDefault(operation => operation.Key == key)?.NewDisplay;
        try
        {
            return written is null ? null : (string?)JsonNode.Parse(written)?["phase"];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
