using AvaConsole.Core.Common;

namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>What has to be known before services can be built. Read and checked by <see cref="StartUpSettingsReader"/>.</summary>
/// <param name="Data">The console's own files (<c>Data</c>).</param>
/// <param name="Urls">Where it listens (<c>Urls</c>); empty where <c>Kestrel:Endpoints</c> says it.</param>
/// <param name="PostgresConnectionString"><c>ConnectionStrings:Postgres</c>; null for the embedded one.</param>
/// <param name="MasterKey"><c>Secrets:MasterKey</c>, decoded; null to keep one in the data directory.</param>
/// <param name="PublicUrl"><c>Console:PublicUrl</c> without trailing slash; null for the first address it listens on.</param>
public sealed record StartUpSettings(
    DataDirectory Data, IReadOnlyList<string> Urls, string? PostgresConnectionString, byte[]? MasterKey, string? PublicUrl)
{
    public bool IsPostgresEmbedded => PostgresConnectionString is null;

    /// <summary>Browsers reach it over TLS and in no other way.</summary>
    public bool IsHttpsOnly => PublicUrl is not null
        ? PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        : Urls.Count > 0 && Urls.All(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
}
