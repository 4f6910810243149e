using System.Net;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.StartUp;

public sealed class RoleTests
{
    [Theory]
    [InlineData("bob", HttpStatusCode.Forbidden)]
    [InlineData("alice", HttpStatusCode.BadRequest)]
    public async Task Upload_Role_Decides(string name, HttpStatusCode expected)
    {
        // Bob may approve and nothing else; Alice gets as far as the package, which is none.
        await using var core = await TestConsole.StartAsync();
        await using var console = await ConsoleProcess.StartAsync(core.Data.Root, new Dictionary<string, string>
        {
            ["ConnectionStrings:Postgres"] = core.ConnectionString,
            ["Secrets:MasterKey"] = Convert.ToBase64String(TestConsole.MasterKey),
        });
        using var client = console.CreateClient();
        await client.SignInAsync(name, TestConsole.Password);
        var page = await client.Http.GetStringAsync(new Uri("/account/password", UriKind.Relative));
        client.Http.DefaultRequestHeaders.Add("RequestVerificationToken", page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0]);

        using var body = new ByteArrayContent("not a package"u8.ToArray());
        var answer = await client.Http.PostAsync(new Uri("/api/packages?name=model.tar", UriKind.Relative), body);

        Assert.Equal(expected, answer.StatusCode);
    }
}
