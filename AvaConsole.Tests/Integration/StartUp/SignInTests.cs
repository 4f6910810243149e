using System.Net;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.StartUp;

public sealed class SignInTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    [Theory]
    [InlineData("/apps", "/apps")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    public async Task SignIn_ReturnUrl_OnlyLocal(string returnUrl, string expected)
    {
        using var client = console.CreateClient();

        var answer = await client.SignInAsync(RunningConsole.Admin, RunningConsole.Password, returnUrl);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.ToString());
        Assert.True(!answer.Headers.Location.IsAbsoluteUri || answer.Headers.Location.Authority == console.Process.BaseUrl.Authority);
    }

    [Fact]
    public async Task SignIn_Cookie_IsHttpOnlyAndLax()
    {
        using var client = console.CreateClient();

        var answer = await client.SignInAsync(RunningConsole.Admin, RunningConsole.Password);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith("avaconsole=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(RunningConsole.Admin, "wrong password")]
    [InlineData("nobody", "wrong password")]
    [InlineData("", "")]
    public async Task SignIn_WrongNameOrPassword_SaysTheSame(string name, string password)
    {
        using var client = console.CreateClient();

        var answer = await client.SignInAsync(name, password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("The name or the password is not right", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WithoutToken_IsRefused()
    {
        using var client = console.CreateClient();

        var answer = await client.PostAsync("/account/login", ("_handler", "login"), ("Form.Name", RunningConsole.Admin), ("Form.Password", RunningConsole.Password));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task SignOut_WithoutToken_IsRefusedAndKeepsTheSession()
    {
        using var client = await console.SignInAsync();

        var answer = await client.PostAsync("/account/logout");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account/password")).StatusCode);
    }

    [Fact]
    public async Task SignOut_Get_IsNotOffered()
    {
        using var client = await console.SignInAsync();

        var answer = await client.GetAsync("/account/logout");

        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account/password")).StatusCode);
    }

    [Fact]
    public async Task SignOut_Form_EndsTheSession()
    {
        using var client = await console.SignInAsync();
        var page = await client.Http.GetStringAsync(new Uri("/account/password", UriKind.Relative));
        var token = page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];

        var answer = await client.PostAsync("/account/logout", ("__RequestVerificationToken", token));

        Assert.Equal("/account/login", answer.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/account/password")).StatusCode);
    }

    [Fact]
    public async Task Password_Wrong_IsSaidAtItsField()
    {
        using var client = await console.SignInAsync();

        var answer = await ChangeAsync(client, "not the password", "another good one", "another good one");

        Assert.Contains("The current password is not right.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short", "At least")]
    [InlineData("12345678", "everybody tries first")]
    public async Task Password_Weak_IsRefused(string password, string said)
    {
        using var client = await console.SignInAsync();

        var answer = await ChangeAsync(client, RunningConsole.Password, password, password);

        Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Redirect, (await console.CreateClient().SignInAsync(RunningConsole.Admin, RunningConsole.Password)).StatusCode);
    }

    [Fact]
    public async Task Login_Chinese_SpeaksChinese()
    {
        using var client = console.CreateClient();
        client.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");

        var page = WebUtility.HtmlDecode(await client.Http.GetStringAsync(new Uri("/account/login", UriKind.Relative)));

        Assert.Contains("lang=\"zh-Hans\"", page, StringComparison.Ordinal);
        Assert.Contains("用户名", page, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> ChangeAsync(ConsoleClient client, string current, string password, string again) => client.SubmitAsync(
        "/account/password", "password", ("Form.CurrentPassword", current), ("Form.NewPassword", password), ("Form.NewPasswordAgain", again));
}
