using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>What a project made of the rules. Written as <c>{"rules": {"schema.description_missing": "off"}}</c>.</summary>
public sealed record LintSettings
{
    /// <summary>Rule id → severity, only where it differs from the rule's own.</summary>
    public IReadOnlyDictionary<string, LintSeverity> Rules { get; init; } = new SortedDictionary<string, LintSeverity>(StringComparer.Ordinal);

    /// <summary>Every rule as it comes.</summary>
    public static LintSettings Default { get; } = new();

    public LintSeverity SeverityOf(string rule) => LintRules.Find(rule) switch
    {
        null => throw new ArgumentException($"There is no lint rule '{rule}'.", nameof(rule)),
        { IsFixed: true } known => known.Severity,
        { } known => Rules.TryGetValue(rule, out var severity) ? severity : known.Severity,
    };

    /// <summary>The same with one rule changed; a rule set to its own severity is not mentioned.</summary>
    public LintSettings With(string rule, LintSeverity severity)
    {
        var rules = new SortedDictionary<string, LintSeverity>(Rules.ToDictionary(), StringComparer.Ordinal);
        if (LintRules.Find(rule)?.Severity == severity)
        {
            rules.Remove(rule);
        }
        else
        {
            rules[rule] = severity;
        }

        return this with { Rules = rules };
    }

    /// <summary>The file that <c>asectl api lint --settings</c> reads; the same settings always give the same text.</summary>
    public string ToJson()
    {
        var rules = new JsonObject();
        foreach (var (rule, severity) in Rules.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            rules[rule] = NameOf(severity);
        }

        return new JsonObject { ["rules"] = rules }.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    /// <summary>Reads what <see cref="ToJson"/> writes. All problems at once; their fields are the rules' ids.</summary>
    public static Result<LintSettings> Parse(string json)
    {
        JsonObject rules;
        try
        {
            var document = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document is not JsonObject { Count: 1 } whole || whole["rules"] is not JsonObject known)
            {
                return new InvalidError("", "lint.settings_shape");
            }

            rules = known;
        }
        catch (JsonException exception)
        {
            return new InvalidError("", "lint.settings_not_json", (exception.LineNumber ?? 0) + 1);
        }

        var read = new SortedDictionary<string, LintSeverity>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var (rule, value) in rules)
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var word) && SeverityOfName(word) is { } severity)
            {
                read[rule] = severity;
            }
            else
            {
                problems.Add(new Problem(rule, "lint.severity_unknown", rule));
            }
        }

        var settings = new LintSettings { Rules = read };
        problems.AddRange(settings.Check());
        return problems.Count > 0 ? new InvalidError(problems) : settings;
    }

    /// <summary>Rules that are not, or that may not be changed.</summary>
    internal IEnumerable<Problem> Check()
    {
        foreach (var (id, severity) in Rules)
        {
            if (LintRules.Find(id) is not { } rule)
            {
                var near = NearestName.Find(id, [.. LintRules.All.Select(known => known.Id)]);
                yield return near is null ? new Problem(id, "lint.rule_unknown", id) : new Problem(id, "lint.rule_unknown_near", id, near);
            }
            else if (rule.IsFixed && severity != rule.Severity)
            {
                yield return new Problem(id, "lint.rule_fixed", id);
            }
        }
    }

    /// <summary><c>off</c>, <c>warn</c> or <c>error</c>.</summary>
    public static string NameOf(LintSeverity severity) => severity switch
    {
        LintSeverity.Off => "off",
        LintSeverity.Warn => "warn",
        _ => "error",
    };

    private static LintSeverity? SeverityOfName(string name) => name switch
    {
        "off" => LintSeverity.Off,
        "warn" => LintSeverity.Warn,
        "error" => LintSeverity.Error,
        _ => null,
    };
}
