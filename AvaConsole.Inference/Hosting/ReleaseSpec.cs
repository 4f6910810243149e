using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Hosting;

/// <summary>What a loaded model is made of. Two releases with the same <see cref="ContentKey"/> answer the same.</summary>
/// <param name="App">The app's command.</param>
/// <param name="Version">The release's version.</param>
/// <param name="PackageSha256">Lower-case hexadecimal; nothing else is loaded.</param>
/// <param name="TarFile">Where the package is fetched from if it is not here; may be empty.</param>
/// <param name="ImageWidth">Pixels, 0 for the package's own.</param>
/// <param name="CustomFiles">Name to address, see <see cref="CustomFileCache"/>.</param>
/// <param name="CustomValues">See <c>ReleaseOverrides</c>.</param>
internal sealed record ReleaseSpec(
    string App, string Version, string PackageSha256, string TarFile, int ImageWidth, IReadOnlyDictionary<string, string> CustomFiles, JsonObject CustomValues)
{
    /// <summary>Test cases to answer before it is served; none for a draft, whose test cases come after.</summary>
    public IReadOnlyList<WarmUpCase> WarmUp { get; init; } = [];

    /// <summary>Changes only when the model must be loaded again: not with the phase, the batch size or the address of the package.</summary>
    public string ContentKey { get; } = $"{PackageSha256}|{ImageWidth}|{CustomFileCache.KeyOf(App, Version, CustomFiles)}|{CustomValues.ToJsonString()}";

    /// <summary>Of a release as the console holds it, for what routes nothing to it.</summary>
    /// <returns><c>package.missing</c> where it has none.</returns>
    public static Result<ReleaseSpec> From(Release release)
    {
        if (release.Package is not { } package)
        {
            return new InvalidError("PackageId", "package.missing");
        }

        var values = JsonNode.Parse(release.CustomValues) as JsonObject ?? [];
        return new ReleaseSpec(release.App.Command, release.Version, package.Sha256, package.SourceUrl ?? "", release.ImageWidth, release.CustomFiles, values);
    }

    public static ReleaseSpec From(string app, string version, ReleaseDocument release, ReleaseManifest manifest) =>
        new(app, version, manifest.PackageSha256, release.TarFile, release.ImageWidth, release.CustomFiles, release.CustomValues)
        {
            WarmUp = [.. manifest.WarmUp?.Where(asked => asked is { Content: not null }) ?? []],
        };
}
