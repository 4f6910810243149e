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

    [Parameter]
    public IReadOnlyList<string> OtherCommands { get; set; } = [];

    [Parameter]
    public EventCallback OnChange { get; set; }

    private List<(string Value, string Text)> ApiOptions => [("", L["NoApi"].Value), .. Apis.Select(api => (api.Id.ToString(), api.Name))];

    private string? CommandError
    {
        get
        {
            if (Existing || Form.Command.Length == 0)
            {
                return Text("Command");
            }

            return AppName.Check(Form.Command, OtherCommands) is { } wrong ? Presenter.Text(wrong.Code, wrong.Args) : null;
        }
    }

    private string? UidError => Form.ToRequest() is null ? L["OwnerUidUnreadable"].Value : null;

    private static string Shown(string name) => name.Length == 0 ? "–" : name;

    private string? Text(string field) => Presenter.For(Error, field);

    private Task SetCommand(string value) => Set(() => Form.Command = value.Trim());

    private Task Set(Action change)
    {
        change();
        return OnChange.InvokeAsync();
    }
}
