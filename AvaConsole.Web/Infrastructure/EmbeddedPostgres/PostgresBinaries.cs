using System.Reflection;
using AvaConsole.Web.Infrastructure.StartUp;

namespace AvaConsole.Web.Infrastructure.EmbeddedPostgres;

/// <summary>PostgreSQL's own files: beside the published console, else where npm put them when the console was built.</summary>
/// <param name="Folder">Holds <c>bin</c>, <c>lib</c> and <c>share</c>.</param>
internal sealed record PostgresBinaries(string Folder)
{
    private const string MetadataKey = "EmbeddedPostgres";

    /// <summary>Data of another major version cannot be opened.</summary>
    public const string MajorVersion = "18";

    public string InitDb => Path.Combine(Folder, "bin", "initdb");

    public string Server => Path.Combine(Folder, "bin", "postgres");

    /// <exception cref="StartUpException">They are not there.</exception>
    public static PostgresBinaries Find()
    {
        var built = typeof(PostgresBinaries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == MetadataKey)?.Value;
        string[] candidates = [Path.Combine(AppContext.BaseDirectory, "postgres"), built ?? ""];
        var found = candidates.FirstOrDefault(folder => folder.Length > 0 && File.Exists(new PostgresBinaries(folder).Server));
        return found is not null
            ? new PostgresBinaries(Path.GetFullPath(found))
            : throw new StartUpException(
                ExitCodes.Unavailable,
                "The embedded PostgreSQL is missing. Build the console again on Linux x64 with Node.js and npm installed, or set ConnectionStrings:Postgres.");
    }
}
