using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Core.Schemas.Validation;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>Values for parameters. Every value is checked by the engine that checks requests before it is given out.</summary>
internal sealed class SampleValues
{
    private const string ValueName = "value";
    private const int MaxDepth = 12;
    private const int MaxItems = 10_000;

    private readonly List<SchemaNote> _notes = [];

    public IReadOnlyList<SchemaNote> Notes => _notes;

    public void Note(string code, string pointer, params object?[] args) => _notes.Add(new SchemaNote(code, pointer, null, args));

    /// <summary>The members that values could be made for; false where a required one could not.</summary>
    public bool TryMembers(IReadOnlyList<ApiParameter> members, string pointer, int depth, int ordinal, JsonObject target)
    {
        var isWhole = true;
        foreach (var member in members.DistinctBy(member => member.Name, StringComparer.Ordinal))
        {
            var path = $"{pointer}/{Escape(member.Name)}";
            if (Make(member, path, depth + 1, ordinal) is { } value)
            {
                target[member.Name] = value;
            }
            else
            {
                isWhole &= !member.Required;
                Note(member.Required ? "sample.required_not_made" : "sample.left_out", path, member.Name);
            }
        }

        return isWhole;
    }

    /// <summary>Null where no value could be made.</summary>
    /// <param name="ordinal">0 for the value to show; other numbers give others, for the elements of an array.</param>
    public JsonNode? Make(ApiParameter parameter, string pointer, int depth, int ordinal)
    {
        if (depth > MaxDepth)
        {
            return null;
        }

        return Given(parameter, ordinal) ?? parameter.Type switch
        {
            ParameterTypes.Object => MakeObject(parameter, pointer, depth, ordinal),
            ParameterTypes.Array => MakeArray(parameter, pointer, depth),
            ParameterTypes.Boolean => Checked(parameter, [JsonValue.Create(ordinal % 2 == 0), JsonValue.Create(ordinal % 2 != 0)]),
            ParameterTypes.String => Checked(parameter, SampleString.Make(parameter, ordinal).Select(text => JsonValue.Create(text))),
            ParameterTypes.Integer or ParameterTypes.Number => Checked(parameter, SampleNumber.Make(parameter, ordinal)),
            _ => null,
        };
    }

    /// <summary>What the author gave: the example, the default, an allowed value.</summary>
    private static JsonNode? Given(ApiParameter parameter, int ordinal)
    {
        string[] authored = ordinal == 0 ? [parameter.Example, parameter.Default] : [];
        var allowed = Enumerable.Range(0, parameter.Enum.Count).Select(index => parameter.Enum[(index + ordinal) % parameter.Enum.Count]);
        return Checked(parameter, authored.Where(text => text.Length > 0).Concat(allowed).Select(text => Parse(parameter.Type, text)).OfType<JsonNode>());
    }

    private static JsonNode? Parse(string type, string text) => ParameterText.TryParse(type, text, out var value) ? value : null;

    private JsonObject? MakeObject(ApiParameter parameter, string pointer, int depth, int ordinal)
    {
        var made = new JsonObject();
        return parameter.Enum.Count == 0 && TryMembers(parameter.Properties, pointer, depth, ordinal, made) ? made : null;
    }

    private JsonArray? MakeArray(ApiParameter parameter, string pointer, int depth)
    {
        var most = Math.Min(parameter.MaxItems ?? MaxItems, MaxItems);
        var count = Math.Max(parameter.MinItems ?? 0, Math.Min(1, most));
        if (parameter.Enum.Count > 0 || count > most)
        {
            return null;
        }

        var made = new JsonArray();
        for (var ordinal = 0; made.Count < count && ordinal < count + 64; ordinal++)
        {
            var item = parameter.Items is null ? JsonValue.Create(ordinal + 1) : Make(parameter.Items, pointer + "/" + made.Count, depth + 1, ordinal);
            if (item is not null && !(parameter.UniqueItems && made.Any(other => JsonNode.DeepEquals(other, item))))
            {
                made.Add(item);
            }
            else if (item is null)
            {
                break;
            }
        }

        // An empty array is better than none where nothing can be put into it.
        return made.Count >= (parameter.MinItems ?? 0) ? made : null;
    }

    private static JsonNode? Checked(ApiParameter parameter, IEnumerable<JsonNode> candidates)
    {
        CompiledSchema? schema = null;
        foreach (var candidate in candidates)
        {
            schema ??= CompiledSchema.Compile(new ApiSchema { Parameters = [parameter with { Name = ValueName, Required = true }] });
            var element = JsonSerializer.SerializeToElement(new JsonObject { [ValueName] = candidate });
            if (schema.ValidateParameters(element, "$").Count == 0 && FitsModel(parameter, candidate))
            {
                return candidate.DeepClone();
            }
        }

        return null;
    }

    /// <summary>What an author's value may break beside the rules of its kind.</summary>
    private static bool FitsModel(ApiParameter parameter, JsonNode candidate) => candidate is not JsonArray items
        || (!(items.Count < parameter.MinItems) && !(items.Count > parameter.MaxItems));

    internal static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
