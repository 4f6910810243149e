using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Account;

public sealed partial class FirstAccountPage
{
    private readonly Dictionary<string, string> _problems = [];
    private bool _valid;
    private string? _error;

    [Inject] public required IStringLocalizer<AccountText> L { get; init; }

    [Inject] public required ErrorPresenter Errors { get; init; }

    [Inject] public required FirstAccountLink Link { get; init; }

    [Inject] public required AccountService Accounts { get; init; }

    [Inject] public required SignInService SignIn { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [CascadingParameter] public required HttpContext Http { get; set; }

    [SupplyParameterFromQuery] public string? Token { get; set; }

    [SupplyParameterFromForm(FormName = "first")] public FirstAccountForm? Form { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (await Accounts.IsInitializedAsync(Http.RequestAborted))
        {
            Navigation.NavigateTo(AccountUrls.Login);
            return;
        }

        _valid = Link.IsValid(Form?.Token ?? Token);
    }

    private async Task SubmitAsync()
    {
        if (!_valid || !Check()) return;
        var address = Http.Connection.RemoteIpAddress?.ToString();
        var created = await Accounts.CreateFirstAsync(Form!.Name!, Form.Password!, Form.Mode!.Value, address, Http.RequestAborted);
        if (created.IsSuccess)
        {
            Link.End();
            await SignIn.StartSessionAsync(Http, created.Value, Http.RequestAborted);
            Navigation.NavigateTo("/");
            return;
        }

        Show(created.Error);
    }

    private bool Check()
    {
        if (string.IsNullOrWhiteSpace(Form!.Name)) _problems["Name"] = L["NameMissing"];
        if (string.IsNullOrEmpty(Form.Password)) _problems["Password"] = L["PasswordMissing"];
        else if (Form.Password != Form.PasswordAgain) _problems["PasswordAgain"] = L["PasswordsDiffer"];
        if (Form.Mode is null || !Enum.IsDefined(Form.Mode.Value)) _problems["Mode"] = L["ModeMissing"];
        return _problems.Count == 0;
    }

    private void Show(Error error)
    {
        foreach (var (field, text) in Errors.Problems(error).Where(problem => problem.Field.Length > 0)) _problems.TryAdd(field, text);
        if (_problems.Count == 0) _error = Errors.Text(error);
    }

    private string? Problem(string field) => _problems.GetValueOrDefault(field);
}
