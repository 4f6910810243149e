using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.JsonSchema;

namespace AvaConsole.Core.Schemas.Validation.Gateway;

/// <summary>What the gateway's schema changes in a request, from the innermost values outwards.</summary>
internal static class GatewayTransform
{
    private const long MaxWork = 1_000_000;

    public static JsonNode? Apply(GatewaySchema schema, JsonNode? value)
    {
        if (value is JsonArray items && schema.Items is not null)
        {
            for (var index = 0; index < items.Count; index++)
            {
                Replace(items[index], Apply(schema.Items, items[index]), changed => items[index] = changed);
            }
        }

        if (value is JsonObject members)
        {
            ApplyToMembers(schema, members);
            Choose(schema, members);
        }

        return value;
    }

    private static void ApplyToMembers(GatewaySchema schema, JsonObject target)
    {
        foreach (var (name, member) in schema.Members)
        {
            if (target.TryGetPropertyValue(name, out var value))
            {
                Replace(value, Apply(member, value), changed => target[name] = changed);
            }
        }

        foreach (var (name, member) in schema.Members)
        {
            if (member.ConstVal is { } constant)
            {
                target[name] = Node(constant);
            }
            else if (member.DefaultVal is { } usual && !target.ContainsKey(name))
            {
                target[name] = Node(usual);
            }
        }

        CopyAndConvert(schema, target);
        foreach (var (path, value) in schema.Sets)
        {
            GatewayPaths.Set(target, path, GatewayPaths.Evaluate(value, target));
        }

        schema.Deletes.ForEach(name => target.Remove(name));
    }

    private static void CopyAndConvert(GatewaySchema schema, JsonObject target)
    {
        foreach (var (name, member) in schema.Members)
        {
            // A key that is there already wins.
            if (member.ReplaceKey is { } copy && target.TryGetPropertyValue(name, out var value) && !target.ContainsKey(copy))
            {
                target[copy] = value?.DeepClone();
            }
        }

        foreach (var (name, member) in schema.Members)
        {
            if (member.FormatVal is { } type && target.TryGetPropertyValue(name, out var value))
            {
                target[name] = Convert(type, value);
            }
        }
    }

    private static void Choose(GatewaySchema schema, JsonObject target)
    {
        schema.All.ForEach(part => Apply(part, target));
        foreach (var alternatives in schema.Any)
        {
            if (alternatives.Find(alternative => Fits(alternative, target)) is { } chosen)
            {
                Apply(chosen, target);
            }
        }

        if (schema.If is not null && (Fits(schema.If, target) ? schema.Then : schema.Else) is { } branch)
        {
            Apply(branch, target);
        }

        if (schema.Switch is not null)
        {
            var text = target.TryGetPropertyValue(schema.Switch, out var value) ? GatewayText.Of(JsonSerializer.SerializeToElement(value)) : "";
            var found = text is not null && schema.Cases.TryGetValue(text, out var one) ? one : schema.Default;
            _ = found is null ? null : Apply(found, target);
        }
    }

    private static bool Fits(GatewaySchema schema, JsonNode value) =>
        new ValidationEngine(schema.Node, JsonSchemaProblems.OfGateway, int.MaxValue, MaxWork).Validate(JsonSerializer.SerializeToUtf8Bytes(value)).Count == 0;

    private static JsonNode? Convert(string type, JsonNode? value)
    {
        var text = GatewayText.Of(JsonSerializer.SerializeToElement(value)) ?? value!.ToJsonString();
        return type switch
        {
            "string" => JsonValue.Create(text),
            "bool" or "boolean" => JsonValue.Create(text is "true" or "1"),
            "integer" or "number" => JsonValue.Create(decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0m),
            _ => value?.DeepClone(),
        };
    }

    private static void Replace(JsonNode? before, JsonNode? after, Action<JsonNode?> replace)
    {
        if (!ReferenceEquals(before, after))
        {
            replace(after);
        }
    }

    private static JsonNode? Node(JsonElement value) => JsonSerializer.SerializeToNode(value);
}

/// <summary>The values of <c>setVal</c>: constants, <c>${path}</c>, and the functions <c>append</c> and <c>add</c>.</summary>
internal static class GatewayPaths
{
    public static readonly string[] Functions = ["append", "add"];

    public static JsonNode? Evaluate(JsonElement value, JsonObject context)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 3 } text && text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}'))
        {
            return Get(context, text[2..^1])?.DeepClone();
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return JsonSerializer.SerializeToNode(value);
        }

        var args = value.TryGetProperty("args", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(arg => Evaluate(arg, context)).ToList()
            : [];
        return value.GetProperty("func").GetString() == "append"
            ? JsonValue.Create(string.Concat(args.Select(arg => GatewayText.Of(JsonSerializer.SerializeToElement(arg)))))
            : JsonValue.Create(args.Sum(Number));
    }

    public static void Set(JsonObject target, string path, JsonNode? value)
    {
        var parts = Parts(path);
        foreach (var part in parts[..^1])
        {
            if (target[part] is not JsonObject next)
            {
                target[part] = next = [];
            }

            target = next;
        }

        target[parts[^1]] = value;
    }

    private static JsonNode? Get(JsonNode? from, string path)
    {
        foreach (var part in Parts(path))
        {
            from = from is JsonObject members && members.TryGetPropertyValue(part, out var next) ? next : null;
        }

        return from;
    }

    private static string[] Parts(string path) => (path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path).Split('.');

    private static decimal Number(JsonNode? value) =>
        decimal.TryParse(GatewayText.Of(JsonSerializer.SerializeToElement(value)), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
