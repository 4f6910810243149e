namespace AvaConsole.Tests.Support;

/// <summary>One console for the tests of a class, with its first account.</summary>
public sealed class RunningConsole : IAsyncLifetime
{
    public const string Admin = "lin";
    public const string Password = "correct horse battery";

    public ConsoleProcess Process { get; private set; } = null!;

    public ConsoleClient CreateClient() => Process.CreateClient();

    public async Task<ConsoleClient> SignInAsync()
    {
        var client = CreateClient();
        await client.SignInAsync(Admin, Password);
        return client;
    }

    public async Task InitializeAsync()
    {
        Process = await ConsoleProcess.StartAsync();
        using var client = CreateClient();
        await client.CreateFirstAccountAsync(Process.SignInLink!, Admin, Password);
    }

    public async Task DisposeAsync() => await Process.DisposeAsync();
}
