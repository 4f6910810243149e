using System.Text.Json;

namespace AvaConsole.Core.Schemas.Compatibility.Rules;

/// <summary>
/// Every rule with its level and its words, read from the embedded <c>rules.json</c>: levels move between releases of the tools that we compare ourselves with,
/// so that none is written in code.
/// </summary>
public static class RuleTable
{
    private static readonly Dictionary<string, CompatibilityRule> s_rules = Load();

    /// <summary>All rules.</summary>
    public static IReadOnlyCollection<CompatibilityRule> All => s_rules.Values;

    /// <summary>The rule of that id; null where there is none.</summary>
    public static CompatibilityRule? Find(string id) => s_rules.GetValueOrDefault(id);

    /// <summary>The rule of that id, which a check names: its absence is a mistake in this assembly.</summary>
    internal static CompatibilityRule Get(string id) => s_rules.TryGetValue(id, out var rule) ? rule : throw new ArgumentException($"No rule '{id}'.", nameof(id));

    // By hand: a serializer takes longer to get ready than a verb of the command line may take to answer.
    private static Dictionary<string, CompatibilityRule> Load()
    {
        using var stream = typeof(RuleTable).Assembly.GetManifestResourceStream("AvaConsole.Core.Schemas.Compatibility.Rules.rules.json")
            ?? throw new InvalidOperationException("The table of rules is not embedded.");
        using var table = JsonDocument.Parse(stream);
        var rules = new Dictionary<string, CompatibilityRule>(table.RootElement.GetArrayLength(), StringComparer.Ordinal);
        foreach (var row in table.RootElement.EnumerateArray())
        {
            var rule = new CompatibilityRule(Text(row, "id"), Level(Text(row, "level")), Text(row, "direction"), Text(row, "area"), Text(row, "en"), Text(row, "zh"));
            rules.Add(rule.Id, rule);
        }

        return rules;
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";

    private static ChangeLevel Level(string word) => word switch
    {
        "ERR" => ChangeLevel.Err,
        "WARN" => ChangeLevel.Warn,
        "INFO" => ChangeLevel.Info,
        _ => throw new InvalidOperationException($"The table of rules has a level '{word}'."),
    };
}
