using AvaConsole.Core.Schemas.Compatibility;

namespace AvaConsole.Core.Schemas.Versions;

/// <summary>Everything that a version changes for its callers, the most dangerous first.</summary>
public sealed record SemanticDiff(IReadOnlyList<SemanticChange> Changes)
{
    /// <summary>The worst verdict; safe where nothing changes.</summary>
    public ChangeVerdict Verdict => Changes.Count == 0 ? ChangeVerdict.Safe : Changes.Max(change => change.Verdict);

    /// <summary>What the changes call for: breaking ones a major number, any other that a caller can notice a minor one.</summary>
    public VersionBump Bump => Verdict == ChangeVerdict.Breaking ? VersionBump.Major : Changes.Count > 0 ? VersionBump.Minor : VersionBump.Patch;

    /// <summary>
    /// The verdict is the rule's level, with one exception: a change for which there is a request that was valid and is not any more
    /// breaks callers, whatever the rule says. Our objects are closed, so that a parameter that is taken away is such a change. Places
    /// that no rule is about are tried as well.
    /// </summary>
    public static SemanticDiff Compare(ApiSchema from, ApiSchema to)
    {
        var examples = new BreakingExamples(from, to);
        var changes = CompatibilityCheck.Compare(from, to).Changes
            .Select(change => Judge(change, ChangePlace.Of(change), examples))
            .Where(change => !IsOfTheEnvelope(change))
            .ToList();
        foreach (var place in ChangedPlaces.Between(from, to).Where(place => !changes.Exists(change => change.Example is not null && IsWithin(place, change.Place))))
        {
            if (examples.Find(place) is { } request)
            {
                changes.Add(SemanticChange.Narrowed(place, request));
            }
        }

        return new SemanticDiff([.. changes.OrderByDescending(change => change.Verdict).ThenBy(change => change.Group).ThenBy(change => change.Place, StringComparer.Ordinal)]);
    }

    private static SemanticChange Judge(ApiChange change, ChangePlace place, BreakingExamples examples)
    {
        var group = change.Direction switch
        {
            "request" => ChangeGroup.Request,
            "response" => ChangeGroup.Response,
            _ => ChangeGroup.Endpoint,
        };
        var example = group == ChangeGroup.Request && change.Level != ChangeLevel.Info ? examples.Find(place) : null;
        var verdict = change.Level switch
        {
            _ when example is not null => ChangeVerdict.Breaking,
            ChangeLevel.Err => ChangeVerdict.Breaking,
            ChangeLevel.Warn => ChangeVerdict.Risky,
            _ => ChangeVerdict.Safe,
        };
        return new SemanticChange(change, verdict, group, place.ToString(), example);
    }

    /// <summary>
    /// Changes of the document around the API: its number, which is what we propose here, and the objects that hold all parameters or
    /// all payload entries, which are required where one of these is, and that is told of it.
    /// </summary>
    private static bool IsOfTheEnvelope(SemanticChange change) =>
        change.Change.Pointer.StartsWith("/info", StringComparison.Ordinal)
        || (change.Place is "parameters" or "payload" && change.Change.Id.Contains("-became-", StringComparison.Ordinal));

    private static bool IsWithin(ChangePlace place, string told) =>
        told == place.ToString() || place.ToString().StartsWith(told + ".", StringComparison.Ordinal) || told.StartsWith(place + ".", StringComparison.Ordinal);
}
