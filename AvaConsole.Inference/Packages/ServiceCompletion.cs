using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AvaConsole.Inference.Packages;

/// <summary>Something that may stand where the cursor is.</summary>
/// <param name="Label">A member's name, or a value.</param>
/// <param name="Insert">What is written for it: of a member with its colon.</param>
/// <param name="Description">In English, as the schema has it; empty for none.</param>
public sealed record ServiceSuggestion(string Label, string Insert, string Description, bool IsMember);

/// <summary>Completes <c>service.yaml</c> while it is typed, by its JSON Schema. The text need not be readable yet: lines and their indents are enough.</summary>
public static partial class ServiceCompletion
{
    private static readonly Dictionary<string, string> s_none = [];
    private static readonly JsonObject s_schema = JsonNode.Parse(ServiceSchema.Text)!.AsObject();

    /// <param name="text">The whole file.</param>
    /// <param name="line">Of the cursor, from 1.</param>
    /// <param name="column">Characters before the cursor on its line, plus 1.</param>
    /// <param name="files">Names of files in the package, for members that name one.</param>
    public static IReadOnlyList<ServiceSuggestion> At(string text, int line, int column, IReadOnlyCollection<string> files)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (line < 1 || line > lines.Length)
        {
            return [];
        }

        var before = lines[line - 1][..Math.Clamp(column - 1, 0, lines[line - 1].Length)];
        if (before.Contains('#', StringComparison.Ordinal))
        {
            return [];
        }

        var block = Block.Around(lines, line - 1);
        var pipeline = PipelineOf(lines);
        List<JsonObject> schemas = [s_schema];
        foreach (var step in block.Path)
        {
            schemas = [.. Settle(schemas, pipeline, s_none).Select(schema => Enter(schema, step)).OfType<JsonObject>()];
        }

        schemas = Settle(schemas, pipeline, block.Siblings);
        return Value().Match(before) is { Success: true } value
            ? ValuesOf(Settle(schemas.Select(schema => Member(schema, value.Groups[1].Value)).OfType<JsonObject>(), "", s_none), files)
            : MembersOf(schemas, block.Siblings);
    }

    private static JsonObject? Enter(JsonObject schema, string step) =>
        (step == Token.Item ? schema["items"] : Member(schema, step) ?? schema["additionalProperties"]) as JsonObject;

    private static JsonObject? Member(JsonObject schema, string name) => schema["properties"]?[name] as JsonObject;

    /// <summary>What a schema stands for: its references, alternatives and conditions, as far as the siblings do not rule them out.</summary>
    private static List<JsonObject> Settle(IEnumerable<JsonObject> schemas, string pipeline, Dictionary<string, string> siblings)
    {
        var settled = new List<JsonObject>();
        foreach (var schema in schemas)
        {
            settled.Add(schema);
            if ((string?)schema["$ref"] is { } reference && s_schema["$defs"]?[reference["#/$defs/".Length..]] is JsonObject named)
            {
                settled.AddRange(Settle([named], pipeline, siblings));
            }

            var kinds = (schema["anyOf"] as JsonArray)?.OfType<JsonObject>().Select(one => Settle([one], pipeline, siblings)).Where(one => IsPossible(one, siblings)) ?? [];
            settled.AddRange(kinds.SelectMany(one => one));
            var conditions = (schema["allOf"] as JsonArray)?.OfType<JsonObject>().Where(one => (string?)one["if"]?["properties"]?["pipeline"]?["const"] == pipeline) ?? [];
            settled.AddRange(Settle(conditions.Select(one => one["then"]).OfType<JsonObject>(), pipeline, siblings));
        }

        return settled;
    }

    private static bool IsPossible(List<JsonObject> schemas, Dictionary<string, string> siblings) =>
        !siblings.TryGetValue("kind", out var kind) || kind.Length == 0 || schemas.TrueForAll(schema => Member(schema, "kind") is not { } own || (string?)own["const"] == kind);

    private static List<ServiceSuggestion> MembersOf(List<JsonObject> schemas, Dictionary<string, string> siblings) =>
    [
        .. schemas.SelectMany(schema => schema["properties"] as JsonObject ?? [])
            .Where(member => !siblings.ContainsKey(member.Key))
            .GroupBy(member => member.Key)
            .Select(same => new ServiceSuggestion(same.Key, same.Key + ": ", same.Select(member => (string?)member.Value?["description"]).FirstOrDefault(text => text is not null) ?? "", IsMember: true)),
    ];

    private static List<ServiceSuggestion> ValuesOf(List<JsonObject> schemas, IReadOnlyCollection<string> files)
    {
        var words = schemas.SelectMany(schema => (schema["enum"] as JsonArray)?.Select(word => $"{word}") ?? []);
        var constants = schemas.Select(schema => (string?)(schema["const"] as JsonValue)).OfType<string>();
        var switches = schemas.Exists(schema => (string?)(schema["type"] as JsonValue) == "boolean") ? ["true", "false"] : Array.Empty<string>();
        IEnumerable<string> named = schemas.Exists(schema => (int?)schema["maxLength"] == 255) ? files : [];
        return [.. words.Concat(constants).Concat(switches).Concat(named).Distinct().Select(word => new ServiceSuggestion(word, word, "", IsMember: false))];
    }

    private static string PipelineOf(string[] lines) =>
        lines.Select(line => Pipeline().Match(line)).FirstOrDefault(match => match.Success) is { } match ? match.Groups[1].Value : "classification";

    [GeneratedRegex(@"^pipeline:\s*([a-z]+)")]
    private static partial Regex Pipeline();

    [GeneratedRegex(@"([A-Za-z_]+):\s+[^\s,{\[]*$")]
    private static partial Regex Value();

    /// <summary>One name or one dash of the file.</summary>
    /// <param name="Indent">Characters before it.</param>
    /// <param name="Name"><see cref="Item"/> for a dash.</param>
    private sealed partial record Token(int Line, int Indent, string Name, string Value)
    {
        public const string Item = "-";

        public bool IsItem => Name == Item;

        public static List<Token> Read(string[] lines) => [.. lines.SelectMany((text, line) => Read(text, line))];

        /// <summary>Where a name on this line begins: after its dash.</summary>
        public static int IndentOf(string text) => Start().Match(text).Length;

        private static IEnumerable<Token> Read(string text, int line)
        {
            if (text.TrimStart().StartsWith('-'))
            {
                yield return new Token(line, text.IndexOf('-', StringComparison.Ordinal), Item, "");
            }

            if (Named().Match(text) is { Success: true } match)
            {
                yield return new Token(line, match.Groups[1].Index, match.Groups[1].Value, match.Groups[2].Value.Trim());
            }
        }

        [GeneratedRegex(@"^ *(- *)?")]
        private static partial Regex Start();

        [GeneratedRegex(@"^ *(?:- +)?([A-Za-z_][\w.-]*) *:(.*)$")]
        private static partial Regex Named();
    }

    /// <summary>The mapping that a line is in.</summary>
    /// <param name="Path">Names of members, and <see cref="Token.Item"/> for a list's.</param>
    /// <param name="Siblings">What the mapping has, with the text of simple values.</param>
    private sealed record Block(List<string> Path, Dictionary<string, string> Siblings)
    {
        public static Block Around(string[] lines, int at)
        {
            var tokens = Token.Read(lines);
            var (path, siblings) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
            var (indent, isItem) = (Token.IndentOf(lines[at]), false);
            foreach (var token in tokens.Where(token => token.Line < at || (token.Line == at && token.IsItem)).Reverse())
            {
                // A list may stand as deep as its name.
                if (token.Indent < indent || (token.Indent == indent && isItem && !token.IsItem))
                {
                    path.Insert(0, token.Name);
                    (indent, isItem) = (token.Indent, token.IsItem);
                }
                else if (path.Count == 0 && token.Indent == indent && !token.IsItem)
                {
                    siblings.TryAdd(token.Name, token.Value);
                }
            }

            indent = Token.IndentOf(lines[at]);
            foreach (var token in tokens.Where(token => token.Line > at).TakeWhile(token => token.Indent >= indent && !(token.IsItem && token.Indent == indent)))
            {
                if (token.Indent == indent)
                {
                    siblings.TryAdd(token.Name, token.Value);
                }
            }

            return new Block(path, siblings);
        }
    }
}
