namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>The command line. Every option is a setting, so <c>--Etcd:Endpoints URL</c> works like <c>--data DIR</c>.</summary>
internal static class ConsoleArguments
{
    private const string Help = """
        AvaConsole: design, release and serve model APIs.

          dotnet run --project AvaConsole.Web [-- OPTIONS]     starts the console
          dotnet run --project AvaConsole.Web -- VERB …        runs a verb of asectl (asectl --help)

          --data DIR                          where the console keeps its files (default ~/.local/share/avaconsole)
          --urls URL[;URL]                    where it listens (default http://127.0.0.1:5080)
          --ConnectionStrings:Postgres TEXT   a shared PostgreSQL instead of the embedded one
          --Etcd:Endpoints URL[,URL]          etcd as the live configuration instead of the embedded store
          --Console:PublicUrl URL             the address that users and model hosts reach it under
          --Secrets:MasterKey BASE64          32 bytes that seal secrets (prefer the environment: Secrets__MasterKey)
          --Proxy:Trusted IP[,IP/BITS]        proxies whose X-Forwarded-For and X-Forwarded-Proto are believed
          --Egress:AllowedHosts HOST[,HOST]   hosts that may be fetched from although their address is private
          --Egress:AllowedPorts PORT[,PORT]   ports that may be fetched from besides 80 and 443
          --ContainerEngine:Executable NAME   docker, podman or buildah with which images are built; none builds nothing
          --Logging:Format text|json          default: text on a terminal, else json

        The same settings are read from appsettings.json and from the environment (Etcd__Endpoints=…).
        """;

    /// <summary>Answers <c>--help</c>.</summary>
    /// <exception cref="StartUpException">An argument is wrong.</exception>
    public static bool TryAnswer(string[] args)
    {
        if (args is not ["--help" or "-h" or "-?"])
        {
            Check(args);
            return false;
        }

        Console.WriteLine(Help);
        return true;
    }

    // Words that are neither an option nor an option's value, and options without a value.
    private static void Check(string[] args)
    {
        var problems = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                problems.Add($"Unknown argument '{args[i]}'. See --help.");
            }
            else if (!args[i].Contains('=', StringComparison.Ordinal) && ++i >= args.Length)
            {
                problems.Add($"{args[^1]} needs a value. See --help.");
            }
        }

        if (problems.Count > 0) throw new StartUpException(ExitCodes.InvalidConfiguration, problems);
    }
}
