namespace AvaConsole.Core.Configuration;

/// <summary>
/// Builds every key that the console writes. The tree under <see cref="ServingRoot"/> is AVA's, exactly; the console's own
/// keys stay under <see cref="ConsoleRoot"/>. Segments are checked: none is empty, <c>.</c>, <c>..</c> or holds <c>/</c> or a
/// control character.
/// </summary>
public static class ConfigKey
{
    public const string ServingRoot = "/ava/serving/";
    public const string ConsoleRoot = "/ava/console/";
    public const string WorkerPrefix = ServingRoot + "worker/";
    public const string AppMetadataPrefix = ServingRoot + "app/metadata/";
    public const string AppReleasePrefix = ServingRoot + "app/release/";
    public const string SchemaPrefix = ConsoleRoot + "schemas/";
    public const string ReleaseManifestPrefix = ConsoleRoot + "releases/";
    public const string HostPrefix = ConsoleRoot + "hosts/";
    public const string ChangePrefix = ConsoleRoot + "changes/";

    public const string WorkerDefault = WorkerPrefix + "default";
    public const string AppDefaultMetadata = ServingRoot + "app/default/metadata";

    private static readonly string[] s_appPrefixes = [AppMetadataPrefix, AppReleasePrefix, WorkerPrefix + "app/", ReleaseManifestPrefix, ConsoleRoot + "apps/"];

    public static string WorkerAppDefault(string app) => $"{WorkerPrefix}app/{Segment(app)}/default";

    public static string WorkerReleasesOf(string app) => $"{WorkerPrefix}app/{Segment(app)}/release/";

    public static string WorkerRelease(string app, string version) => WorkerReleasesOf(app) + Segment(version);

    public static string ModelDefault(string model) => $"{ServingRoot}model/{Segment(model)}/default";

    public static string AppMetadata(string app) => AppMetadataPrefix + Segment(app);

    public static string AppReleasesOf(string app) => $"{AppReleasePrefix}{Segment(app)}/";

    public static string AppRelease(string app, string version) => $"{AppReleasePrefix}{Segment(app)}/{Segment(version)}";

    /// <summary>What the seed's release document has no place for: package digest, API version, image (see <see cref="ReleaseManifest"/>).</summary>
    public static string ReleaseManifest(string app, string version) => $"{ReleaseManifestPrefix}{Segment(app)}/{Segment(version)}";

    /// <summary>Which release holds grey and production (see <see cref="AppPhasesDocument"/>). Every change of a phase writes it.</summary>
    public static string AppPhases(string app) => $"{ConsoleRoot}apps/{Segment(app)}/phases";

    public static string Schema(string group, string project, string service, string version, string file) =>
        $"{SchemaPrefix}{Segment(group)}/{Segment(project)}/{Segment(service)}/{Segment(version)}/{Segment(file)}";

    public static string Host(string host) => HostPrefix + Segment(host);

    public static string Change(Guid plan) => ChangePrefix + plan.ToString("n");

    /// <summary>Reads <c>/ava/serving/app/release/{app}/{version}</c>; false for any other key.</summary>
    public static bool TryParseAppRelease(string key, out string app, out string version) =>
        TryParsePair(key, AppReleasePrefix, out app, out version);

    /// <summary>Reads <c>/ava/console/releases/{app}/{version}</c>; false for any other key.</summary>
    public static bool TryParseReleaseManifest(string key, out string app, out string version) =>
        TryParsePair(key, ReleaseManifestPrefix, out app, out version);

    /// <summary>The app that a key is about: of its metadata, its releases, its workers or its phases; empty for any other key.</summary>
    public static string AppOf(string key)
    {
        var prefix = s_appPrefixes.FirstOrDefault(prefix => key.StartsWith(prefix, StringComparison.Ordinal));
        return prefix is not null && key[prefix.Length..].Split('/')[0] is var app && IsSegment(app) ? app : "";
    }

    /// <summary>True where <paramref name="value"/> can be one segment of a key.</summary>
    public static bool IsSegment(string? value) =>
        !string.IsNullOrEmpty(value) && value is not ("." or "..") && !value.Contains('/') && !value.Any(char.IsControl);

    private static bool TryParsePair(string key, string prefix, out string first, out string second)
    {
        var parts = key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..].Split('/') : [];
        (first, second) = parts is [var a, var b] && IsSegment(a) && IsSegment(b) ? (a, b) : ("", "");
        return first.Length > 0;
    }

    private static string Segment(string value) => IsSegment(value)
        ? value
        : throw new ArgumentException($"'{value}' cannot be a segment of a configuration key.", nameof(value));
}
