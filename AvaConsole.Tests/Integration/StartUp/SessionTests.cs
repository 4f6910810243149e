using System.Net;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.StartUp;

/// <summary>Each test changes the account, so each has a console of its own.</summary>
public sealed class SessionTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Password_Changed_KeepsThisSessionAndRefusesTheOldPassword()
    {
        await using var console = await ConsoleProcess.StartAsync();
        using var client = console.CreateClient();
        await client.CreateFirstAccountAsync(console.SignInLink!, "lin", Password);

        var answer = await client.SubmitAsync(
            "/account/password", "password", ("Form.CurrentPassword", Password), ("Form.NewPassword", "staple battery horse"), ("Form.NewPasswordAgain", "staple battery horse"));

        Assert.Contains("The password is changed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account/password")).StatusCode);
        using var another = console.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await another.SignInAsync("lin", Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await another.SignInAsync("lin", "staple battery horse")).StatusCode);
    }

    [Fact]
    public async Task SignIn_ManyFailures_LocksTheAccountAndThenTheAddress()
    {
        await using var console = await ConsoleProcess.StartAsync();
        using (var first = console.CreateClient()) await first.CreateFirstAccountAsync(console.SignInLink!, "lin", Password);
        using var client = console.CreateClient();

        for (var i = 0; i < 10; i++) await client.SignInAsync("lin", "wrong password");
        var locked = await client.SignInAsync("lin", Password);
        HttpResponseMessage last;
        var tries = 0;
        do last = await client.SignInAsync("lin", "wrong password");
        while (last.StatusCode != HttpStatusCode.TooManyRequests && ++tries < 70);

        Assert.Equal(HttpStatusCode.OK, locked.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, last.StatusCode);
        Assert.NotNull(last.Headers.RetryAfter);
    }
}
