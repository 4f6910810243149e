using AvaConsole.Core.Configuration;
using AvaConsole.Core.Images.Dockerfiles;

namespace AvaConsole.Core.Naming;

/// <summary>Where names will be seen: the keys that are written, the paths that are served, the commands that people type.</summary>
internal static class NameUses
{
    // Stands for what is not decided yet.
    private const string AnyVersion = "{version}";

    /// <param name="verdict">Its name can be a segment of a key.</param>
    /// <param name="console">Public address of the console.</param>
    public static AppNameVerdict OfApp(AppNameVerdict verdict, string console)
    {
        var command = verdict.Name;
        return verdict with
        {
            Keys =
            [
                new NameUse("metadata", ConfigKey.AppMetadata(command)),
                new NameUse("release", ConfigKey.AppRelease(command, AnyVersion)),
                new NameUse("manifest", ConfigKey.ReleaseManifest(command, AnyVersion)),
                new NameUse("phases", ConfigKey.AppPhases(command)),
                new NameUse("worker", ConfigKey.WorkerAppDefault(command)),
            ],
            Routes =
            [
                new NameUse("production", Path(ServingRoutes.Content, command)),
                new NameUse("grey", Path(ServingRoutes.Grey, command)),
                new NameUse("eval", Path(ServingRoutes.Eval, command)),
                new NameUse("eval_version", Path(ServingRoutes.EvalVersion, command)),
                new NameUse("model", Path(ServingRoutes.Model, command)),
                new NameUse("docs", Path(ServingRoutes.Docs, command)),
            ],
            Commands =
            [
                new NameUse("curl", Call(console, ServingRoutes.Of(ServingRoutes.Eval, command))),
                new NameUse("curl_health", $"curl -sS {console}{ServingRoutes.Of(ServingRoutes.Health, command)}"),
                new NameUse("asectl", $"asectl names check {ShellWords.Quote(command)} --kind app --console {console}"),
            ],
        };
    }

    /// <param name="schemaKey">Null where no version of an API is chosen.</param>
    public static VersionNameVerdict OfVersion(VersionNameVerdict verdict, string command, string? schemaKey, string console)
    {
        var version = verdict.Name;
        return verdict with
        {
            Keys =
            [
                new NameUse("release", ConfigKey.AppRelease(command, version)),
                new NameUse("manifest", ConfigKey.ReleaseManifest(command, version)),
                new NameUse("metadata", ConfigKey.AppMetadata(command)),
                .. schemaKey is null ? (NameUse[])[] : [new NameUse("schema", schemaKey)],
                new NameUse("phases", ConfigKey.AppPhases(command)),
                new NameUse("worker_release", ConfigKey.WorkerRelease(command, version)),
            ],
            Routes =
            [
                new NameUse("eval_version", ServingRoutes.Of(ServingRoutes.EvalVersion, command, version)),
                new NameUse("model_version", ServingRoutes.Of(ServingRoutes.ModelVersion, command, version)),
                new NameUse("production", ServingRoutes.Of(ServingRoutes.Content, command)),
                new NameUse("grey", ServingRoutes.Of(ServingRoutes.Grey, command)),
            ],
            Commands =
            [
                new NameUse("curl", Call(console, ServingRoutes.Of(ServingRoutes.EvalVersion, command, version))),
                new NameUse("asectl", $"asectl names check {ShellWords.Quote(version)} --kind version --app {ShellWords.Quote(command)} --console {console}"),
            ],
        };
    }

    private static string Path(string pattern, string command) => ServingRoutes.Of(pattern, command, AnyVersion).Replace(Uri.EscapeDataString(AnyVersion), AnyVersion, StringComparison.Ordinal);

    private static string Call(string console, string path) =>
        $"curl -sS {console}{path} -H 'Content-Type: application/json' -d '{{\"data\":{{\"uri\":\"https://example.com/picture.jpg\"}}}}'";
}
