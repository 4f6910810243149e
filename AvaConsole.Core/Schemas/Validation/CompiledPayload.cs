using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AvaConsole.Core.Schemas.Validation;

/// <summary>
/// Payload entries as a checker of the request's <c>payload</c> object. The data of an entry is one of: <c>data</c> (base64),
/// <c>uri</c> (<c>data:</c>, <c>http</c>, <c>https</c>), for text also <c>text</c>, for JSON also <c>json</c>.
/// </summary>
internal sealed class CompiledPayload(IReadOnlyList<PayloadEntry> entries)
{
    private static readonly string[] s_uriSchemes = ["data:", "http://", "https://"];

    private readonly Dictionary<string, PayloadEntry> _entries =
        entries.DistinctBy(entry => entry.Name).ToDictionary(entry => entry.Name, StringComparer.Ordinal);

    /// <summary>The object may be left out (undefined) where no entry is required.</summary>
    public void ValidateOptional(string path, JsonElement payload, RequestProblems problems)
    {
        if (payload.ValueKind == JsonValueKind.Undefined)
        {
            Missing(path, [], problems);
        }
        else if (payload.ValueKind != JsonValueKind.Object)
        {
            problems.Add(path, "request.wrong_type", ParameterTypes.Object, RequestProblems.KindOf(payload));
        }
        else
        {
            Validate(path, payload, problems);
        }
    }

    private void Validate(string path, JsonElement payload, RequestProblems problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in payload.EnumerateObject().TakeWhile(_ => !problems.IsFull))
        {
            if (_entries.TryGetValue(member.Name, out var entry))
            {
                seen.Add(member.Name);
                ValidateEntry(RequestProblems.PathOf(path, member.Name), entry, member.Value, problems);
            }
            else
            {
                problems.AddUnknown(path, member.Name, _entries.Keys);
            }
        }

        Missing(path, seen, problems);
    }

    private void Missing(string path, HashSet<string> seen, RequestProblems problems)
    {
        foreach (var entry in _entries.Values.Where(entry => entry.Required && !seen.Contains(entry.Name)))
        {
            problems.Add(RequestProblems.PathOf(path, entry.Name), "request.payload_missing", entry.Name, entry.Type);
        }
    }

    private static void ValidateEntry(string path, PayloadEntry entry, JsonElement value, RequestProblems problems)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add(path, "request.wrong_type", ParameterTypes.Object, RequestProblems.KindOf(value));
            return;
        }

        var sources = Sources(entry.Type);
        string[] described = entry.Type == PayloadTypes.Tensor ? ["encoding", "compress", "format", "shape"] : ["encoding", "compress", "format"];
        foreach (var member in value.EnumerateObject().Where(member => !sources.Contains(member.Name) && !described.Contains(member.Name)))
        {
            problems.AddUnknown(path, member.Name, [.. sources, .. described]);
        }

        string[] allowed = entry.Encodings.Count > 0 ? [.. entry.Encodings] : [.. PayloadRules.Encodings(entry.Type)];
        CheckWord(path, value, "encoding", allowed, problems);
        CheckWord(path, value, "compress", entry.Compressions.Count > 0 ? [.. entry.Compressions] : ["raw"], problems);
        CheckWord(path, value, "format", entry.Formats.Count > 0 ? [.. entry.Formats] : null, problems);
        CheckShape(path, entry, value, problems);
        var given = sources.Where(source => value.TryGetProperty(source, out _)).ToList();
        if (given.Count != 1)
        {
            problems.Add(path, given.Count == 0 ? "request.payload_empty" : "request.payload_ambiguous", string.Join(", ", sources));
        }
        else
        {
            CheckSource(RequestProblems.PathOf(path, given[0]), given[0], value.GetProperty(given[0]), problems);
        }
    }

    private static string[] Sources(string type) => type switch
    {
        PayloadTypes.Text => ["text", "data", "uri"],
        PayloadTypes.Json => ["json", "data", "uri"],
        PayloadTypes.Tensor => ["data"],
        _ => ["data", "uri"],
    };

    private static void CheckSource(string path, string source, JsonElement value, RequestProblems problems)
    {
        if (source == "json")
        {
            CompiledParameter.CheckDepth(path, value, 4, problems);
        }
        else if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add(path, "request.wrong_type", ParameterTypes.String, RequestProblems.KindOf(value));
        }
        else if (source == "data")
        {
            CheckBase64(path, value, problems);
        }
        else if (source == "uri" && !s_uriSchemes.Any(scheme => value.GetString()!.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
        {
            problems.Add(path, "request.uri_scheme");
        }
    }

    private static void CheckBase64(string path, JsonElement value, RequestProblems problems)
    {
        // The usual case, without a copy of what may be megabytes. Some writers escape "/": then it has to be unescaped first.
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        var isValid = raw.Contains((byte)'\\') ? Base64.IsValid(value.GetString(), out var length) : Base64.IsValid(raw, out length);
        if (!isValid)
        {
            problems.Add(path, "request.not_base64");
        }
        else if (length == 0)
        {
            problems.Add(path, "request.payload_no_bytes");
        }
    }

    private static void CheckWord(string path, JsonElement entry, string name, string[]? allowed, RequestProblems problems)
    {
        if (!entry.TryGetProperty(name, out var value))
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add($"{path}.{name}", "request.wrong_type", ParameterTypes.String, RequestProblems.KindOf(value));
        }
        else if (allowed is not null && !allowed.Any(word => PayloadRules.SameEncoding(word, value.GetString()!)))
        {
            problems.Add($"{path}.{name}", "request.not_in_enum", string.Join(", ", allowed));
        }
    }

    private static void CheckShape(string path, PayloadEntry entry, JsonElement value, RequestProblems problems)
    {
        if (entry.Type != PayloadTypes.Tensor || !value.TryGetProperty("shape", out var shape))
        {
            return;
        }

        var fits = shape.ValueKind == JsonValueKind.Array
            && (entry.Shape.Count == 0 || entry.Shape.Count == shape.GetArrayLength())
            && shape.EnumerateArray().Index().All(dimension =>
                dimension.Item.ValueKind == JsonValueKind.Number
                && dimension.Item.TryGetInt64(out var length)
                && length > 0
                && (entry.Shape.Count == 0 || entry.Shape[dimension.Index] == -1 || entry.Shape[dimension.Index] == length));
        if (!fits)
        {
            problems.Add(path + ".shape", "request.shape", $"[{string.Join(", ", entry.Shape)}]");
        }
    }
}
