namespace AvaConsole.Core.Schemas.Versions;

/// <summary>The number that a draft's changes call for.</summary>
/// <param name="Number">The least number that says what the changes do, for example <c>2.0.0</c>.</param>
/// <param name="Base">The version that the draft was compared with; null for the first.</param>
/// <param name="Bump">What the changes call for; null for the first version.</param>
/// <param name="IsSmaller">The draft's own number is smaller: it needs a reason, and an approval before it counts.</param>
/// <param name="IsTaken">The draft's own number is a version already.</param>
public sealed record ProposedVersion(string Number, ApiVersion? Base, VersionBump? Bump, bool IsSmaller, bool IsTaken)
{
    /// <summary>
    /// Compares with the highest release below the draft's own number, so that a repair of an older line is judged by that line; where
    /// there is none, with the highest of all. Pre-releases promise nothing and are compared with nothing.
    /// </summary>
    /// <param name="compare">The changes from a version to the draft.</param>
    public static ProposedVersion For(ApiSchema draft, IReadOnlyList<ApiVersion> versions, Func<ApiSchema, ApiSchema, SemanticDiff> compare)
    {
        var released = versions
            .Select(version => (Version: version, Number: SemanticVersion.TryParse(version.Version, out var number) ? number : null))
            .Where(known => known.Number is { IsPrerelease: false })
            .OrderByDescending(known => known.Number)
            .ToList();
        var isTaken = versions.Any(version => version.Version == draft.Version);
        if (released.Count == 0)
        {
            // Nothing to break: the first number is free.
            return new ProposedVersion(SemanticVersion.First.ToString(), null, null, IsSmaller: false, isTaken);
        }

        // A draft that still bears the number of a version goes on from there; any other from the release below its number.
        var own = SemanticVersion.TryParse(draft.Version, out var given) ? given : null;
        var at = released.FindIndex(known => isTaken ? known.Number == own : own is not null && known.Number! < own.Core);
        var from = released[Math.Max(at, 0)];
        var bump = compare(from.Version.Schema, draft).Bump;
        var least = from.Number!.Next(bump);
        return new ProposedVersion(Free(least, released, bump).ToString(), from.Version, bump, own is not null && own.Core < least, isTaken);
    }

    private static SemanticVersion Free(SemanticVersion least, List<(ApiVersion Version, SemanticVersion? Number)> released, VersionBump bump)
    {
        while (released.Exists(known => known.Number == least))
        {
            least = least.Next(bump);
        }

        return least;
    }
}
