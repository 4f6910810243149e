using System.Reflection;
using System.Runtime.InteropServices;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Deployments;
using AvaConsole.Web.Infrastructure.StartUp;

namespace AvaConsole.Web.Features.Settings;

/// <summary>What this installation consists of.</summary>
public sealed class AboutFacts(IServiceProvider services)
{
    private const int CommitDigits = 8;

    /// <summary>For example <c>0.1.0 (1a2b3c4d)</c>.</summary>
    public static string Version { get; } =
        Shorten(typeof(AboutFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");

    public static string Runtime => RuntimeInformation.FrameworkDescription;

    public static string System => $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})";

    /// <summary>True where the console runs its private PostgreSQL.</summary>
    public bool PostgresEmbedded => services.GetService<StartUpSettings>()?.IsPostgresEmbedded ?? false;

    /// <summary>True where the live configuration is kept in Postgres instead of etcd.</summary>
    public bool StoreEmbedded => services.GetService<IConfigStore>()?.Kind == "embedded";

    /// <summary>Empty where it is not known.</summary>
    public string Data => services.GetService<DataDirectory>()?.Root ?? "";

    public IReadOnlyList<HostStatusDocument> Hosts => services.GetService<HostStatusService>()?.Hosts ?? [];

    private static string Shorten(string version) => version.Split('+') is [var number, { Length: > CommitDigits } commit]
        ? $"{number} ({commit[..CommitDigits]})"
        : version;
}
