using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Account;

public sealed partial class PasswordPage
{
    private readonly Dictionary<string, string> _problems = [];
    private bool _changed;
    private string? _error;

    [Inject] public required IStringLocalizer<AccountText> L { get; init; }

    [Inject] public required ErrorPresenter Errors { get; init; }

    [Inject] public required AccountService Accounts { get; init; }

    [Inject] public required SignInService SignIn { get; init; }

    [Inject] public required CurrentActor CurrentActor { get; init; }

    [CascadingParameter] public required HttpContext Http { get; set; }

    [SupplyParameterFromForm(FormName = "password")] public PasswordForm? Form { get; set; }

    private async Task SubmitAsync()
    {
        if (!Check()) return;
        var actor = await CurrentActor.GetAsync();
        var changed = await Accounts.ChangePasswordAsync(Form!.CurrentPassword!, Form.NewPassword!, actor, Http.RequestAborted);
        if (changed.IsSuccess)
        {
            // The new stamp ended every session of the account; this one goes on.
            await SignIn.ContinueSessionAsync(Http, actor.AccountId);
            _changed = true;
            return;
        }

        Show(changed.Error);
    }

    private bool Check()
    {
        if (string.IsNullOrEmpty(Form?.CurrentPassword)) _problems["CurrentPassword"] = L["PasswordMissing"];
        if (string.IsNullOrEmpty(Form?.NewPassword)) _problems["NewPassword"] = L["PasswordMissing"];
        else if (Form.NewPassword != Form.NewPasswordAgain) _problems["NewPasswordAgain"] = L["PasswordsDiffer"];
        return _problems.Count == 0;
    }

    private void Show(Error error)
    {
        foreach (var (field, text) in Errors.Problems(error).Where(problem => problem.Field.Length > 0)) _problems.TryAdd(field, text);
        if (_problems.Count == 0) _error = Errors.Text(error);
    }

    private string? Problem(string field) => _problems.GetValueOrDefault(field);
}
