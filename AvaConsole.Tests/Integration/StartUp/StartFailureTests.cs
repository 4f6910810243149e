using System.Net;
using System.Net.Sockets;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Infrastructure.StartUp;

namespace AvaConsole.Tests.Integration.StartUp;

/// <summary>Each failure is one line that says what to do, with an exit code and no stack trace.</summary>
public sealed class StartFailureTests
{
    [Fact]
    public async Task Start_TakenPort_SaysSo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        await using var console = await ConsoleProcess.StartAndFailAsync(settings: With("Urls", $"http://{other.LocalEndpoint}"));

        AssertOneLine(console, ExitCodes.Unavailable, $"http://{other.LocalEndpoint} is taken by another program.");
        Assert.False(Directory.Exists(console.Data));
    }

    [Fact]
    public async Task Start_SecondConsoleOnOneDirectory_NamesTheFirst()
    {
        await using var first = await ConsoleProcess.StartAsync();

        await using var second = await ConsoleProcess.StartAndFailAsync(first.Data);

        AssertOneLine(second, ExitCodes.Unavailable, $"Another console (process {first.Id}) uses the data directory");
    }

    [Fact]
    public async Task Start_DataBelowAFile_SaysSo()
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllTextAsync(folder.Combine("file"), "");

        await using var console = await ConsoleProcess.StartAndFailAsync(folder.Combine("file", "data"));

        AssertOneLine(console, ExitCodes.Unavailable, "The data directory");
    }

    [Fact]
    public async Task Start_UnwritableDirectory_SaysSo()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.Combine("data"));
        File.SetUnixFileMode(folder.Combine("data"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        // Root may write anywhere: then as somebody else, who still may read what root may.
        IReadOnlyList<string> prefix = Environment.IsPrivilegedProcess
            ? ["/usr/bin/env", "HOME=/tmp", "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search", "--securebits=+no_setuid_fixup"]
            : [];
        await using var console = await ConsoleProcess.StartAndFailAsync(folder.Combine("data"), null, prefix);

        AssertOneLine(console, ExitCodes.Unavailable, "cannot be read and written by user");
    }

    [RootFact]
    public async Task Start_FullDisk_SaysSo()
    {
        using var folder = new TemporaryDirectory();

        // A disk of its own, which only this process sees.
        IReadOnlyList<string> prefix = ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", "mount -t tmpfs -o size=20m tmpfs \"$0\" && exec \"$@\"", folder.FullPath];
        await using var console = await ConsoleProcess.StartAndFailAsync(folder.Combine("data"), null, prefix);

        AssertOneLine(console, ExitCodes.Unavailable, "is full. Free at least");
    }

    [Fact]
    public async Task Start_NoSuchPostgres_SaysSoWithoutThePassword()
    {
        var port = FreePort.Next();

        await using var console = await ConsoleProcess.StartAndFailAsync(
            settings: With("ConnectionStrings:Postgres", $"Host=127.0.0.1;Port={port};Username=ava;Password=very-secret"));

        AssertOneLine(console, ExitCodes.Unavailable, $"PostgreSQL at 127.0.0.1:{port} cannot be used: nothing listens there.");
        Assert.DoesNotContain("very-secret", console.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnknownDatabase_SaysSo()
    {
        var server = await PostgresServer.SharedAsync();

        await using var console = await ConsoleProcess.StartAndFailAsync(settings: With("ConnectionStrings:Postgres", server.ConnectionString("nowhere")));

        AssertOneLine(console, ExitCodes.Unavailable, "PostgreSQL has no database \"nowhere\".");
    }

    [Fact]
    public async Task Start_DatabaseOfAnotherMasterKey_IsRefused()
    {
        var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        await using (var first = await ConsoleProcess.StartAsync(settings: With("ConnectionStrings:Postgres", database))) await first.StopAsync();

        await using var second = await ConsoleProcess.StartAndFailAsync(settings: With("ConnectionStrings:Postgres", database));

        AssertOneLine(second, ExitCodes.InvalidConfiguration, "The database's secrets were sealed with another master key");
    }

    [Fact]
    public async Task Start_SeveralWrongSettings_NamesThemAll()
    {
        await using var console = await ConsoleProcess.StartAndFailAsync(settings: new Dictionary<string, string>
        {
            ["Secrets:MasterKey"] = "short",
            ["Console:PublicUrl"] = "console",
            ["Etcd:Endpoints"] = "http://etcd:2379,nonsense",
            ["ConnectionStrings:Postgres"] = "Nonsense=1",
            ["Proxy:Trusted"] = "10.0.0.0/24,proxy",
            ["Logging:Format"] = "xml",
        });

        Assert.Equal(ExitCodes.InvalidConfiguration, console.ExitCode);
        Assert.Collection(
            console.Errors.TrimEnd().Split(Environment.NewLine),
            line => Assert.StartsWith("ConnectionStrings:Postgres cannot be read", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Secrets:MasterKey must be 32 bytes", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Console:PublicUrl: 'console'", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Etcd:Endpoints: 'nonsense'", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Proxy:Trusted: 'proxy'", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Logging:Format: 'xml'", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_HttpsAddressWithoutProxy_SaysWhatIsMissing()
    {
        await using var console = await ConsoleProcess.StartAndFailAsync(settings: With("Console:PublicUrl", "https://console.example"));

        AssertOneLine(console, ExitCodes.InvalidConfiguration, "name the proxy that ends TLS in Proxy:Trusted");
    }

    private static Dictionary<string, string> With(string name, string value) => new() { [name] = value };

    private static void AssertOneLine(ConsoleProcess console, int exitCode, string start)
    {
        var line = Assert.Single(console.Errors.TrimEnd().Split(Environment.NewLine));
        Assert.Contains(start, line, StringComparison.Ordinal);
        Assert.Equal(exitCode, console.ExitCode);
    }
}
