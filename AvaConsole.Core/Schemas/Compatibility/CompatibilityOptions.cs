using System.Collections.Frozen;
using AvaConsole.Core.Schemas.Compatibility.Rules;

namespace AvaConsole.Core.Schemas.Compatibility;

/// <summary>What a project may set about the comparison.</summary>
public sealed record CompatibilityOptions
{
    /// <summary>The defaults: the table's levels, no grace period asked.</summary>
    public static CompatibilityOptions Default { get; } = new();

    /// <summary>Level by rule id where it differs from the table; null switches the rule off.</summary>
    public IReadOnlyDictionary<string, ChangeLevel?> Levels { get; init; } = FrozenDictionary<string, ChangeLevel?>.Empty;

    /// <summary>Changes that are known and accepted.</summary>
    public IReadOnlyList<IgnoredChange> Ignored { get; init; } = [];

    /// <summary>Days that a stable endpoint must stay deprecated before it goes. Default 0: a sunset date is asked of nobody.</summary>
    public int StableDeprecationDays { get; init; }

    /// <summary>Days that a beta endpoint must stay deprecated before it goes. Default 0.</summary>
    public int BetaDeprecationDays { get; init; }

    /// <summary>The day that sunset dates are compared with. Default: today, UTC.</summary>
    public DateOnly? Today { get; init; }

    internal DateOnly Day => Today ?? DateOnly.FromDateTime(DateTime.UtcNow);

    /// <summary>The level of a change under <paramref name="rule"/>; null where the rule is off.</summary>
    public ChangeLevel? LevelOf(CompatibilityRule rule) => Levels.TryGetValue(rule.Id, out var level) ? level : rule.Level;
}
