using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AvaConsole.Core.Schemas.Compatibility.Rules;

/// <summary>
/// Every rule with its level and its words, read from the embedded <c>rules.json</c>: levels move between releases of the tools that we compare ourselves with,
/// so that none is written in code.
/// </summary>
public static class RuleTable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<ChangeLevel>() },
    };

    private static readonly FrozenDictionary<string, CompatibilityRule> s_rules = Load();

    /// <summary>All rules.</summary>
    public static IReadOnlyCollection<CompatibilityRule> All => s_rules.Values;

    /// <summary>The rule of that id; null where there is none.</summary>
    public static CompatibilityRule? Find(string id) => s_rules.GetValueOrDefault(id);

    /// <summary>The rule of that id, which a check names: its absence is a mistake in this assembly.</summary>
    internal static CompatibilityRule Get(string id) => s_rules.TryGetValue(id, out var rule) ? rule : throw new ArgumentException($"No rule '{id}'.", nameof(id));

    private static FrozenDictionary<string, CompatibilityRule> Load()
    {
        using var stream = typeof(RuleTable).Assembly.GetManifestResourceStream("AvaConsole.Core.Schemas.Compatibility.Rules.rules.json")
            ?? throw new InvalidOperationException("The table of rules is not embedded.");
        var rules = JsonSerializer.Deserialize<List<CompatibilityRule>>(stream, s_json) ?? [];
        return rules.ToFrozenDictionary(rule => rule.Id);
    }
}
