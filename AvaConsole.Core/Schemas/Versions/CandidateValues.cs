using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Examples;

namespace AvaConsole.Core.Schemas.Versions;

/// <summary>Values at the edge of what the old version allows and just outside of what the new one does.</summary>
internal static class CandidateValues
{
    private const int MaxLength = 4096;
    private const int MaxItems = 256;
    private const int MaxBytes = 65536;

    /// <param name="path">From <c>parameters</c> or <c>payload</c> inwards.</param>
    public static IEnumerable<JsonNode?> At(ApiSchema from, ApiSchema to, string[] path) => path switch
    {
        ["parameters", .. var rest] when Walk(Whole(from.Parameters), rest) is { } old => Of(old, Walk(Whole(to.Parameters), rest)),
        ["payload", var name, .. var rest] when from.Payload.FirstOrDefault(entry => entry.Name == name) is { } old =>
            OfEntry(old, to.Payload.FirstOrDefault(entry => entry.Name == name), rest),
        _ => [],
    };

    private static ApiParameter Whole(IReadOnlyList<ApiParameter> members) => new() { Type = ParameterTypes.Object, Properties = members };

    private static ApiParameter? Walk(ApiParameter? at, IEnumerable<string> path)
    {
        foreach (var part in path)
        {
            at = part == ChangePlace.Element ? at?.Items : at?.Properties.FirstOrDefault(member => member.Name == part);
        }

        return at;
    }

    private static IEnumerable<JsonNode?> Of(ApiParameter old, ApiParameter? now)
    {
        var typed = old.Enum.Append(old.Default).Append(old.Example)
            .Where(text => text.Length > 0)
            .Select(text => ParameterText.TryParse(old.Type, text, out var value) ? value : null)
            .Where(value => value is not null);
        var likely = old.Type switch
        {
            ParameterTypes.Integer or ParameterTypes.Number => Numbers(old, now).Select(number => (JsonNode?)JsonValue.Create(number)),
            ParameterTypes.String => Texts(old, now).Select(text => (JsonNode?)JsonValue.Create(text)),
            ParameterTypes.Boolean => [JsonValue.Create(true), JsonValue.Create(false)],
            ParameterTypes.Array => Arrays(old, now),
            _ => Objects(old),
        };
        return typed.Concat(likely).Concat(old.Nullable ? [null] : []);
    }

    private static IEnumerable<decimal> Numbers(ApiParameter old, ApiParameter? now)
    {
        decimal?[] edges =
        [
            old.Minimum, old.Maximum, old.ExclusiveMinimum, old.ExclusiveMaximum, now?.Minimum, now?.Maximum, now?.ExclusiveMinimum, now?.ExclusiveMaximum, 0, int.MaxValue, int.MinValue,
        ];
        foreach (var edge in edges.OfType<decimal>().Where(edge => Math.Abs(edge) < long.MaxValue).Distinct())
        {
            foreach (var step in (decimal[])[0, 1, -1, 0.5m, -0.5m, 0.001m, -0.001m])
            {
                yield return ParameterText.Normalize(edge + step);
            }

            // The old multiples around the edge.
            if (old.MultipleOf is > 0)
            {
                yield return decimal.Floor(edge / old.MultipleOf.Value) * old.MultipleOf.Value;
                yield return decimal.Ceiling(edge / old.MultipleOf.Value) * old.MultipleOf.Value;
            }
        }
    }

    private static IEnumerable<string> Texts(ApiParameter old, ApiParameter? now)
    {
        int?[] lengths = [1, 0, old.MinLength, old.MaxLength, now?.MinLength - 1, now?.MaxLength + 1];
        foreach (var length in lengths.OfType<int>().Where(length => length is >= 0 and <= MaxLength).Distinct())
        {
            // Letters, digits and a text that is none: a new pattern or format refuses one of them.
            yield return new string('a', length);
            yield return new string('7', length);
            yield return new string('~', length);
        }

        yield return "not a value";
    }

    private static IEnumerable<JsonNode?> Arrays(ApiParameter old, ApiParameter? now)
    {
        var element = old.Items is null ? JsonValue.Create(1) : Sample(old.Items);
        int?[] counts = [1, 0, 2, old.MinItems, old.MaxItems, now?.MinItems - 1, now?.MaxItems + 1];
        foreach (var count in counts.OfType<int>().Where(count => count is >= 0 and <= MaxItems).Distinct())
        {
            yield return new JsonArray([.. Enumerable.Range(0, count).Select(_ => element?.DeepClone())]);
            if (old.Items is { Type: ParameterTypes.Integer or ParameterTypes.Number })
            {
                yield return new JsonArray([.. Enumerable.Range(0, count).Select(number => (JsonNode)JsonValue.Create(number))]);
            }
            else if (old.Items is { Type: ParameterTypes.String })
            {
                yield return new JsonArray([.. Enumerable.Range(0, count).Select(number => (JsonNode)JsonValue.Create($"v{number}"))]);
            }
        }
    }

    private static IEnumerable<JsonNode?> Objects(ApiParameter old)
    {
        yield return new JsonObject();
        if (Sample(old) is JsonObject whole)
        {
            whole["another_member"] = 1;
            yield return whole;
        }
    }

    private static JsonNode? Sample(ApiParameter parameter) =>
        RequestExample.Create(new ApiSchema { Parameters = [parameter with { Name = "value", Required = true }] })["parameters"]?["value"]?.DeepClone();

    private static IEnumerable<JsonNode?> OfEntry(PayloadEntry old, PayloadEntry? now, string[] rest)
    {
        if (rest is ["json" or "content", .. var inner] && old.Content is { } content)
        {
            return Walk(content, inner) is { } before ? Of(before, now?.Content is { } after ? Walk(after, inner) : null) : [];
        }

        return rest switch
        {
            ["encoding"] => Words(old.Encodings.Count > 0 ? old.Encodings : PayloadRules.Encodings(old.Type)),
            ["compress"] => Words(old.Compressions.Count > 0 ? old.Compressions : ["raw"]),
            ["format"] => Words(old.Formats),
            ["data"] => Sizes(old, now).Select(size => (JsonNode?)JsonValue.Create(Convert.ToBase64String(new byte[size]))),
            [] => Entries(old, now),
            _ => [],
        };
    }

    /// <summary>Whole entries, for changes that name no member.</summary>
    private static IEnumerable<JsonNode?> Entries(PayloadEntry old, PayloadEntry? now)
    {
        foreach (var member in (string[])["encoding", "compress", "format", "data"])
        {
            foreach (var value in OfEntry(old, now, [member]))
            {
                if (RequestExample.Create(new ApiSchema { Payload = [old] })["payload"]?[old.Name]?.DeepClone() is JsonObject entry)
                {
                    entry[member] = value?.DeepClone();
                    yield return entry;
                }
            }
        }
    }

    private static IEnumerable<JsonNode?> Words(IReadOnlyList<string> words) => words.Select(word => (JsonNode?)JsonValue.Create(word));

    private static IEnumerable<int> Sizes(PayloadEntry old, PayloadEntry? now)
    {
        long?[] sizes = [1, old.MinBytes, old.MaxBytes, now?.MinBytes - 1, now?.MaxBytes + 1];
        return sizes.OfType<long>().Where(size => size is > 0 and <= MaxBytes).Select(size => (int)size).Distinct();
    }
}
