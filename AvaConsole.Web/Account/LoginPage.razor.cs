using AvaConsole.Core.Accounts;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Account;

public sealed partial class LoginPage
{
    private bool _failed;
    private bool _uninitialized;

    [Inject] public required IStringLocalizer<AccountText> L { get; init; }

    [Inject] public required SignInService SignIn { get; init; }

    [Inject] public required AccountService Accounts { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [CascadingParameter] public required HttpContext Http { get; set; }

    [SupplyParameterFromQuery] public string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(FormName = "login")] public LoginForm? Form { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (Http.User.Identity?.IsAuthenticated is true && HttpMethods.IsGet(Http.Request.Method))
        {
            Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
            return;
        }

        _uninitialized = !await Accounts.IsInitializedAsync(Http.RequestAborted);
    }

    private async Task SubmitAsync()
    {
        if (await SignIn.SignInAsync(Http, Form?.Name, Form?.Password, Http.RequestAborted))
        {
            Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
            return;
        }

        _failed = true;
    }
}
