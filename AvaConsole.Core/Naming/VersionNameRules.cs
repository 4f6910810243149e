using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images;
using AvaConsole.Core.Releases;

namespace AvaConsole.Core.Naming;

/// <summary>What a typed version says, and how it differs from what is recommended. Fields are those of <see cref="ReleaseRequest"/>.</summary>
internal static class VersionNameRules
{
    private const string Version = nameof(ReleaseRequest.Version);

    /// <param name="image">Null where there is none, or none that can be read.</param>
    public static VersionNameVerdict Judge(VersionNameQuery query, VersionNameVerdict verdict, ImageReference? image)
    {
        var name = query.Typed.Trim();
        var imageVersion = image is null ? "" : VersionNames.ImageVersionOf(image);
        var judged = verdict with { Name = name, Recommended = imageVersion.Length > 0 ? new AppVersion(verdict.Today.Date, imageVersion, 0).ToString() : "" };
        if (!VersionNames.IsVersion(name))
        {
            return judged with { Problems = [new Problem(Version, "release.version_invalid")] };
        }

        var readings = AppVersion.Readings(name);
        judged = judged with { Readings = readings };
        return readings switch
        {
            [] => AsItIs(judged, imageVersion),
            [var only] => As(judged, only, imageVersion),
            _ when readings.FirstOrDefault(reading => reading == query.Meant) is { } meant => As(judged, meant, imageVersion),
            [var first, var second] => judged with { Problems = [new Problem(Version, "release.version_ambiguous", name, Say(first), Say(second))] },
            _ => throw new InvalidOperationException($"'{name}' has {readings.Count} readings."),
        };
    }

    /// <summary>Whether a release's version is of the recommended form: made from its fields, the image's version being that of its image.</summary>
    public static bool IsRecommended(string version, AppVersion parts, string image) =>
        version == parts.ToString() && ImageReference.TryParse(image.Trim(), out var reference) && parts.ImageVersion == VersionNames.ImageVersionOf(reference);

    /// <summary>The first version after this one that is not taken.</summary>
    public static string NextFree(VersionNameVerdict verdict, HashSet<string> taken)
    {
        if (verdict.Version is { } version && verdict.Readings.Count > 0)
        {
            return new AppVersion(version.Date, version.ImageVersion, version.Sequence).NextFree(taken.Contains).ToString();
        }

        return Enumerable.Range(2, int.MaxValue - 2).Select(number => string.Create(CultureInfo.InvariantCulture, $"{verdict.Name}-{number}")).First(name => !taken.Contains(name));
    }

    /// <summary>No such form at all: the fields say when and of which image it is, the text is as it was typed.</summary>
    private static VersionNameVerdict AsItIs(VersionNameVerdict verdict, string imageVersion) => verdict with
    {
        Version = imageVersion.Length > 0 ? new VersionProposal(verdict.Name, verdict.Today.Date, imageVersion, 0) : null,
        NeedsReason = true,
    };

    private static VersionNameVerdict As(VersionNameVerdict verdict, AppVersion reading, string imageVersion)
    {
        var warnings = new List<Problem>();
        if (reading.Date != verdict.Today.Date)
        {
            warnings.Add(new Problem(Version, "release.version_other_day", reading.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), verdict.Today.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), verdict.Today.Zone));
        }

        var isOfImage = imageVersion.Length == 0 || reading.ImageVersion == imageVersion;
        if (!isOfImage)
        {
            warnings.Add(new Problem(Version, "release.version_other_image", reading.ImageVersion, imageVersion));
        }

        return verdict with { Version = new VersionProposal(verdict.Name, reading.Date, reading.ImageVersion, reading.Sequence), Warnings = warnings, NeedsReason = !isOfImage };
    }

    private static string Say(AppVersion reading) => $"{reading.Date:yyyyMMdd} · {reading.ImageVersion} · {reading.Sequence.ToString(CultureInfo.InvariantCulture)}";
}
