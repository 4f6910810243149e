using AvaConsole.Core.Schemas.Compatibility.Rules;

namespace AvaConsole.Core.Schemas.Compatibility;

/// <summary>
/// Collects changes by rule id; level, direction and sentence come from the table. The values named are, in this order: what it is about (a property's path, a
/// parameter's name, a media type), the value that went or was before, the value that came or is now, and where (media type, status, a parameter's location).
/// </summary>
internal sealed class ChangeSink(CompatibilityOptions? options = null)
{
    private readonly CompatibilityOptions _options = options ?? CompatibilityOptions.Default;
    private readonly List<ApiChange> _changes = [];
    private readonly HashSet<(string Id, string Path, string Operation, string Pointer, string Text)> _seen = [];

    public CompatibilityOptions Options => _options;

    /// <summary>What was found, in the order of finding.</summary>
    public IReadOnlyList<ApiChange> Changes => _changes;

    /// <summary>Adds a change, unless the rule is off, the change is ignored, or the same was said of the same place.</summary>
    public void Add(string id, string path, string operation, string pointer, params string?[] args)
    {
        var rule = RuleTable.Get(id);
        if (_options.LevelOf(rule) is not { } level || _options.Ignored.Any(ignored => ignored.Covers(id, path, operation)))
        {
            return;
        }

        var values = args.Select(value => value ?? "").ToArray();
        var text = RuleSentence.Of(rule, values);
        if (_seen.Add((id, path, operation, pointer, text)))
        {
            _changes.Add(new ApiChange(id, level, path, operation, pointer, values) { Direction = rule.Direction == "none" ? "" : rule.Direction, Text = text });
        }
    }
}
