using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Examples;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Core.Schemas.Validation.Gateway;
using AvaConsole.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Core.Schemas.Formats;

/// <summary>What the API takes, the gateway takes under the schema that is written for it.</summary>
public sealed class GatewayAcceptanceTests
{
    [Fact]
    public void Write_AnyDocument_GatewayTakesWhatTheApiTakes() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(ApiSchemaGenerator.Arbitrary, schema => Takes(Sayable.At(schema))));

    private static bool Takes(ApiSchema schema)
    {
        var file = JsonNode.Parse(SchemaWriter.Write(schema, SchemaFormat.Webgate).Value!.Text)!;
        var validator = GatewayValidator.Compile(JsonSerializer.SerializeToElement(file));
        Assert.True(validator.IsSuccess, validator.Error is InvalidError error ? string.Join("\n", error.Problems) : "");
        var request = RequestExample.Create(schema);
        if (RequestExample.Check(schema, request).Count > 0)
        {
            return true;
        }

        Assert.Empty(validator.Value.Validate(JsonSerializer.SerializeToElement(Call(schema, request, file))));
        return true;
    }

    /// <summary>A call of the API as a call of the gateway.</summary>
    private static JsonObject Call(ApiSchema schema, JsonObject request, JsonNode file)
    {
        var status = schema.Interaction == Interactions.Stream ? 0 : 3;
        var payload = new JsonObject();
        foreach (var (name, value) in request["payload"] as JsonObject ?? [])
        {
            var entry = schema.Payload.Single(entry => entry.Name == name);
            var known = file["schemainput"]!["properties"]!["payload"]!["properties"]![name]!["properties"]!.AsObject();
            var stream = new JsonObject { ["status"] = status, [GatewayStreams.DataType(entry)] = Data(value!) };
            foreach (var word in new[] { "encoding", "compress", "format" }.Where(word => value![word] is not null && known.ContainsKey(word)))
            {
                stream[word] = value![word]!.DeepClone();
            }

            payload[name] = stream;
        }

        return new JsonObject
        {
            ["header"] = new JsonObject { ["app_id"] = "a", ["status"] = status },
            ["parameter"] = new JsonObject { [schema.Service] = request["parameters"]?.DeepClone() ?? new JsonObject() },
            ["payload"] = payload,
        };
    }

    private static string Data(JsonNode value)
    {
        if (value["data"] is { } data)
        {
            return (string)data!;
        }

        return Convert.ToBase64String(Encoding.UTF8.GetBytes(value["text"] is { } text ? (string)text! : value["json"]?.ToJsonString() ?? "null"));
    }
}
