using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.JsonSchema;

namespace AvaConsole.Tests.Core.Schemas.Validation;

/// <summary>The pass that only says yes or no has loops of its own: on made-up schemas and values it answers as the pass that tells all problems.</summary>
public sealed class TwoPassTests
{
    private const int Schemas = 100;
    private const int ValuesEach = 40;

    private static readonly string[] s_names = ["a", "b", "id", "identifier", "identifieR", "a-name-of-nineteen!", "a-name-of-nineteen?", "é", "q\"uote", ""];

    private readonly RunBuffers _buffers = new();

    [Fact]
    public void Evaluate_MadeUpValues_GetTheSameAnswerFromBothPasses()
    {
        var counts = new int[2];
        for (var seed = 0; seed < Schemas; seed++)
        {
            var random = new Random(seed);
            var schema = Object(random, 2);
            var node = new SchemaCompiler(new JsonSchemaOptions()).Compile(JsonSerializer.SerializeToElement(schema)).Value!;
            for (var i = 0; i < ValuesEach; i++)
            {
                var value = Value(random, schema, schema);
                var first = Evaluate(node, value, isCollecting: false);
                if (first != Evaluate(node, value, isCollecting: true))
                {
                    Assert.Fail($"{schema.ToJsonString()} on {value}");
                }

                counts[first ? 1 : 0]++;
            }
        }

        Assert.All(counts, count => Assert.True(count > Schemas * ValuesEach / 10, $"{count}"));
    }

    private bool Evaluate(SchemaNode node, string value, bool isCollecting)
    {
        var parsed = ParsedJson.Parse(Encoding.UTF8.GetBytes(value)).Value!;
        var run = new ValidationRun(parsed.View, _buffers, JsonSchemaProblems.Instance, long.MaxValue) { IsCollecting = isCollecting };
        var fits = node.Evaluate(ref run, 0);
        Assert.Equal(isCollecting && !fits, run.Problems?.Count > 0);
        return fits;
    }

    private static JsonObject Schema(Random random, int depth) => random.Next(depth > 0 ? 9 : 5) switch
    {
        0 => new JsonObject { ["type"] = "integer", ["minimum"] = random.Next(-1, 2) },
        1 => new JsonObject { ["type"] = new JsonArray("string", "null"), ["maxLength"] = random.Next(1, 4) },
        2 => new JsonObject { ["enum"] = new JsonArray("x", 1, true) },
        3 => new JsonObject { ["type"] = "number" },
        4 => new JsonObject { ["$ref"] = "#" },
        5 => new JsonObject { ["type"] = "array", ["items"] = Schema(random, depth - 1), ["minItems"] = random.Next(2), ["maxItems"] = random.Next(2, 4) },
        6 => new JsonObject { ["anyOf"] = new JsonArray(Schema(random, depth - 1), new JsonObject { ["type"] = "boolean" }) },
        _ => Object(random, depth - 1),
    };

    private static JsonObject Object(Random random, int depth)
    {
        var names = s_names.Where(_ => random.Next(2) == 0).ToList();
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Schema(random, depth)))),
            ["required"] = new JsonArray([.. s_names.Where(name => random.Next(names.Contains(name) ? 4 : 30) == 0).Select(name => JsonValue.Create(name))]),
        };
        if (random.Next(3) > 0)
        {
            schema["additionalProperties"] = random.Next(2) == 0 ? false : new JsonObject { ["type"] = "integer" };
        }

        return schema;
    }

    // Mostly what the schema asks for, so that values get past the first member.
    private static string Value(Random random, JsonObject root, JsonObject schema, int depth = 0)
    {
        if (depth > 4 || random.Next(60) == 0)
        {
            return new[] { "0", "1", "-3", "2.0", "1.5", "1e2", "\"x\"", "\"\\u0078yz\"", "null", "true", "[]", "{}" }[random.Next(12)];
        }

        if (schema.ContainsKey("$ref") || schema["anyOf"] is not null)
        {
            return Value(random, root, schema["anyOf"]?[0]!.AsObject() ?? root, depth + 1);
        }

        return schema["type"]?.ToJsonString() switch
        {
            "\"object\"" => Members(random, root, schema, depth),
            "\"array\"" => "[" + string.Join(",", Enumerable.Range(0, random.Next(1, 3)).Select(_ => Value(random, root, schema["items"]!.AsObject(), depth + 1))) + "]",
            "\"integer\"" or "\"number\"" => $"{random.Next(1, 5)}",
            _ => "\"x\"",
        };
    }

    private static string Members(Random random, JsonObject root, JsonObject schema, int depth)
    {
        var properties = schema["properties"]!.AsObject();
        var names = properties.Select(member => member.Key).Concat(schema["required"]!.AsArray().Select(name => (string)name!)).Where(_ => random.Next(20) > 0).ToArray();
        random.Shuffle(names);
        var extra = random.Next(8) == 0 ? [s_names[random.Next(s_names.Length)]] : Array.Empty<string>();
        return "{" + string.Join(",", names.Concat(extra).Select(name => $"{Quote(random, name)}:{(properties[name] is JsonObject member ? Value(random, root, member, depth + 1) : "1")}")) + "}";
    }

    private static string Quote(Random random, string name) => random.Next(5) == 0
        ? "\"" + string.Concat(name.Select(unit => $"\\u{(int)unit:x4}")) + "\""
        : JsonSerializer.Serialize(name);
}
