using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>
/// Guesses parameters from JSON that somebody sends today. One sample says nothing about what may be left out, so nothing becomes
/// required; of several (an array of objects) what all of them have does.
/// </summary>
public static class SampleInference
{
    private const int MaxDepth = 12;
    private const int MaxExample = 200;

    private static readonly (string Member, string Type)[] s_marks =
    [
        ("text", PayloadTypes.Text),
        ("json", PayloadTypes.Json),
        ("shape", PayloadTypes.Tensor),
        ("sample_rate", PayloadTypes.Audio),
        ("channels", PayloadTypes.Audio),
        ("bit_depth", PayloadTypes.Audio),
        ("frame_size", PayloadTypes.Audio),
    ];

    public static IReadOnlyList<ApiParameter> FromJson(JsonNode sample) => Infer(sample).Parameters;

    /// <summary>As <see cref="Infer(JsonNode)"/>, from text: <c>infer.not_json</c> with line and column where it is none.</summary>
    public static Result<InferredRows> Infer(string json)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };
            return JsonNode.Parse(json, documentOptions: options) is { } sample ? Infer(sample) : new InvalidError("", "infer.no_object");
        }
        catch (JsonException exception)
        {
            return new InvalidError("", "infer.not_json", (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1);
        }
    }

    /// <summary>With payload entries and notes. A sample of the form <c>{"parameters", "payload"}</c> is taken as the request it is.</summary>
    public static InferredRows Infer(JsonNode sample)
    {
        var notes = new List<SchemaNote>();
        var objects = sample is JsonArray all ? [.. all.OfType<JsonObject>()] : sample is JsonObject one ? new List<JsonObject> { one } : [];
        if (objects.Count == 0)
        {
            notes.Add(new SchemaNote("infer.no_object", "", null));
        }

        var payload = new List<PayloadEntry>();
        var requests = objects.Where(IsRequest).ToList();
        foreach (var (name, value) in requests.SelectMany(request => request["payload"] as JsonObject ?? []).DistinctBy(member => member.Key))
        {
            payload.Add(Entry(name, value, notes));
        }

        var roots = requests.Count == 0 ? objects : [.. requests.Select(request => request["parameters"]).OfType<JsonObject>()];
        var parameters = new List<ApiParameter>();
        foreach (var (name, values) in Gather(roots))
        {
            if (File(values) is { } file)
            {
                payload.Add(file with { Name = name, Required = IsInAll(values, roots) });
            }
            else
            {
                parameters.Add(Parameter(name, values, "/" + SampleValues.Escape(name), 1, notes) with { Required = IsInAll(values, roots) });
            }
        }

        return new InferredRows(parameters, payload, notes);
    }

    private static bool IsRequest(JsonObject sample) =>
        sample.Count > 0 && sample.All(member => member.Key is "parameters" or "payload" or "header" && member.Value is JsonObject) && !sample.All(member => member.Key == "header");

    private static bool IsInAll(List<JsonNode?> values, List<JsonObject> roots) => roots.Count > 1 && values.Count == roots.Count;

    private static List<(string Name, List<JsonNode?> Values)> Gather(IEnumerable<JsonObject> objects)
    {
        var order = new List<(string Name, List<JsonNode?> Values)>();
        var known = new Dictionary<string, List<JsonNode?>>(StringComparer.Ordinal);
        foreach (var (name, value) in objects.SelectMany(sample => sample))
        {
            if (!known.TryGetValue(name, out var values))
            {
                known[name] = values = [];
                order.Add((name, values));
            }

            values.Add(value);
        }

        return order;
    }

    private static PayloadEntry? File(List<JsonNode?> values) =>
        values is [JsonValue first, ..] && first.GetValueKind() == JsonValueKind.String ? TextShape.FileOf(first.GetValue<string>()) : null;

    private static PayloadEntry Entry(string name, JsonNode? value, List<SchemaNote> notes)
    {
        var members = value as JsonObject ?? [];
        var data = members["data"] ?? members["uri"];
        var entry = (data is JsonValue text && text.GetValueKind() == JsonValueKind.String ? TextShape.FileOf(text.GetValue<string>()) : null)
            ?? new PayloadEntry { Type = TypeOfEntry(members) };
        return entry with
        {
            Name = name,
            Encodings = Word(members, "encoding") ?? entry.Encodings,
            Compressions = Word(members, "compress") ?? [],
            Formats = Word(members, "format") ?? [],
            SampleRates = Number(members, "sample_rate"),
            Channels = Number(members, "channels"),
            BitDepths = Number(members, "bit_depth"),
            Content = members["json"] is { } json ? Parameter("", [json], $"/payload/{SampleValues.Escape(name)}/json", 1, notes) : null,
        };
    }

    /// <summary>By the members that only one kind has, then by the encoding.</summary>
    private static string TypeOfEntry(JsonObject members)
    {
        if (s_marks.FirstOrDefault(mark => members.ContainsKey(mark.Member)) is { Type: not null } mark)
        {
            return mark.Type;
        }

        var encoding = Word(members, "encoding") is [var word] ? word : "";
        return PayloadTypes.All.FirstOrDefault(type => PayloadRules.Encodings(type).Contains(encoding)) ?? PayloadTypes.Image;
    }

    private static IReadOnlyList<int> Number(JsonObject members, string name) =>
        members[name] is JsonValue value && int.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var number) ? [number] : [];

    private static IReadOnlyList<string>? Word(JsonObject members, string name) =>
        members[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? [value.GetValue<string>()] : null;

    private static ApiParameter Parameter(string name, List<JsonNode?> values, string pointer, int depth, List<SchemaNote> notes)
    {
        var given = values.OfType<JsonNode>().ToList();
        var types = given.Select(TypeOf).Distinct().ToList();
        var type = types switch
        {
            [] => ParameterTypes.String,
            [var only] => only,
            _ when types.All(known => known is ParameterTypes.Integer or ParameterTypes.Number) => ParameterTypes.Number,
            _ => types[0],
        };
        if (types.Count > 1 && type != ParameterTypes.Number)
        {
            notes.Add(new SchemaNote("infer.mixed_types", pointer, null, string.Join(", ", types), type));
        }

        given = [.. given.Where(value => TypeOf(value) == type || (type == ParameterTypes.Number && TypeOf(value) == ParameterTypes.Integer))];
        var parameter = new ApiParameter { Name = name, Type = type, Nullable = given.Count > 0 && values.Any(value => value is null) };
        return type switch
        {
            _ when given.Count == 0 => parameter,
            ParameterTypes.Object => parameter with { Properties = Members(given, pointer, depth, notes) },
            ParameterTypes.Array => parameter with { Items = Items(given, pointer, depth, notes) },
            ParameterTypes.String => parameter with { Format = FormatOf(given), Example = Example(given[0]) },
            _ => parameter with { Example = Example(given[0]) },
        };
    }

    private static List<ApiParameter> Members(List<JsonNode> given, string pointer, int depth, List<SchemaNote> notes)
    {
        if (depth >= MaxDepth)
        {
            notes.Add(new SchemaNote("infer.too_deep", pointer, null, MaxDepth));
            return [];
        }

        var objects = given.Cast<JsonObject>().ToList();
        return [.. Gather(objects).Select(member => Parameter(member.Name, member.Values, $"{pointer}/{SampleValues.Escape(member.Name)}", depth + 1, notes) with
        {
            Required = IsInAll(member.Values, objects),
        })];
    }

    private static ApiParameter Items(List<JsonNode> given, string pointer, int depth, List<SchemaNote> notes)
    {
        var items = given.Cast<JsonArray>().SelectMany(array => array).ToList();
        if (items.Count == 0)
        {
            notes.Add(new SchemaNote("infer.empty_array", pointer, null));
        }

        return depth >= MaxDepth ? new ApiParameter() : Parameter("", items, pointer + "/0", depth + 1, notes);
    }

    private static string FormatOf(List<JsonNode> given)
    {
        var formats = given.Select(value => TextShape.FormatOf(value.GetValue<string>())).Distinct().ToList();
        return formats is [var only] ? only : "";
    }

    private static string Example(JsonNode value)
    {
        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        return text.Length <= MaxExample ? text : "";
    }

    private static string TypeOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => ParameterTypes.Object,
        JsonValueKind.Array => ParameterTypes.Array,
        JsonValueKind.True or JsonValueKind.False => ParameterTypes.Boolean,
        // 3.0 is written by whoever means a number; beyond 64 bits no integer parameter goes.
        JsonValueKind.Number => long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? ParameterTypes.Integer
            : ParameterTypes.Number,
        _ => ParameterTypes.String,
    };
}
