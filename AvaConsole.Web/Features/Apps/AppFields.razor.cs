using AvaConsole.Core.Common;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apps;

/// <summary>The fields of an app, for a new one and for editing.</summary>
public sealed partial class AppFields
{
    [Inject]
    public required IStringLocalizer<AppsText> L { get; init; }

    [Inject]
    public required IStringLocalizer<NamesText> N { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Parameter, EditorRequired]
    public required AppForm Form { get; set; }

    /// <summary>The command is fixed once the app exists.</summary>
    [Parameter]
    public bool Existing { get; set; }

    [Parameter]
    public bool HasSecret { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public Error? Error { get; set; }

    [Parameter]
    public IReadOnlyList<ApiSummary> Apis { get; set; } = [];

    /// <summary>Accounts that can own an app: id and name.</summary>
    [Parameter]
    public IReadOnlyList<(string Value, string Text)> OwnerOptions { get; set; } = [];

    /// <summary>What is to be said of the names; null before any was typed.</summary>
    [Parameter]
    public AppNameVerdict? Verdict { get; set; }

    /// <summary>Something was typed since the verdict.</summary>
    [Parameter]
    public bool Checking { get; set; }

    /// <summary>Wants the free name that is proposed.</summary>
    [Parameter]
    public EventCallback OnUseFree { get; set; }

    [Parameter]
    public EventCallback OnChange { get; set; }

    private List<(string Value, string Text)> ApiOptions => [("", L["NoApi"].Value), .. Apis.Select(api => (api.Id.ToString(), api.Name))];

    private string? CommandError => Form.Command.Length == 0 ? Text("Command") : Judged("Command") ?? Text("Command");

    private string? InstanceError => Judged("InstanceName") ?? Text("InstanceName");

    private string? ReasonError => Verdict?.NeedsReason == true && string.IsNullOrWhiteSpace(Form.NameReason) && !Checking
        ? Presenter.Text("app.name_reason_required", [Verdict.Recommended])
        : Text("NameReason");

    private string? UidError => Form.ToRequest() is null ? L["OwnerUidUnreadable"].Value : null;

    private string? Text(string field) => Presenter.For(Error, field);

    private string? Judged(string field) =>
        Checking ? null : Verdict?.Problems.Where(problem => problem.Field == field).Select(problem => Presenter.Text(problem.Code, problem.Args)).FirstOrDefault();

    // It begins with what is recommended, to be changed.
    private Task SetOwnInstance(bool own) => Set(() =>
    {
        Form.HasOwnInstance = own;
        Form.InstanceName = Form.InstanceName.Length == 0 ? Verdict?.Recommended ?? "" : Form.InstanceName;
    });

    private Task Set(Action change)
    {
        change();
        return OnChange.InvokeAsync();
    }
}
