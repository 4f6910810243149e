using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Examples;
using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Tests.Core.Schemas.Formats;

public sealed class OpenApiWriterTests
{
    private static readonly ApiSchema s_schema = new()
    {
        Service = "svc",
        Group = "gas",
        Parameters =
        [
            new ApiParameter { Name = "n", Type = "number", Nullable = true, Minimum = 0, ExclusiveMaximum = 1, Enum = ["0", "0.5"], Example = "0.5", Required = true },
            new ApiParameter { Name = "o", Type = "object", Properties = [new ApiParameter { Name = "any", Type = "array" }], Open = true },
        ],
        Payload = [new PayloadEntry { Name = "pic", Encodings = ["png"], MaxBytes = 300, Required = true }],
        Response = [new PayloadEntry { Name = "say", Type = "text", Required = true }],
    };

    [Fact]
    public void Write_31_RulesInTheWordsOfJsonSchema()
    {
        var request = Request("3.1");

        Assert.Equal(
            """{"type":["number","null"],"minimum":0,"exclusiveMaximum":1,"enum":[0,0.5,null],"examples":[0.5]}""",
            request["parameters"]!["properties"]!["n"]!.ToJsonString());
        Assert.Equal(
            """{"type":"object","properties":{"any":{"type":"array"}}}""",
            request["parameters"]!["properties"]!["o"]!.ToJsonString());
        Assert.Equal(
            """{"type":"string","contentEncoding":"base64","contentMediaType":"image/png","maxLength":400}""",
            request["payload"]!["properties"]!["pic"]!["properties"]!["data"]!.ToJsonString());
    }

    [Fact]
    public void Write_30_RulesInItsOwnWords()
    {
        var request = Request("3.0");

        Assert.Equal(
            """{"type":"number","nullable":true,"minimum":0,"maximum":1,"exclusiveMaximum":true,"enum":[0,0.5,null],"example":0.5}""",
            request["parameters"]!["properties"]!["n"]!.ToJsonString());
        Assert.Equal("""{"type":"array","items":{}}""", request["parameters"]!["properties"]!["o"]!["properties"]!["any"]!.ToJsonString());
        Assert.Equal(
            """{"type":"string","format":"byte","maxLength":400}""",
            request["payload"]!["properties"]!["pic"]!["properties"]!["data"]!.ToJsonString());
    }

    [Fact]
    public void Write_Document_IsTheServedOperation()
    {
        var document = Document("3.1");

        var operation = document["paths"]!["/api/content/svc"]!["post"]!;
        Assert.Equal(["200", "400", "401", "404", "413", "415", "429", "500", "503", "504"], operation["responses"]!.AsObject().Select(member => member.Key));
        Assert.Equal("""[{"keyPair":[]},{}]""", operation["security"]!.ToJsonString());
        Assert.Equal("""{"type":"http","scheme":"basic"}""", Without(document["components"]!["securitySchemes"]!["keyPair"]!, "description"));
        Assert.Equal(RequestExample.Create(s_schema).ToJsonString(), operation["requestBody"]!["content"]!["application/json"]!["example"]!.ToJsonString());
        Assert.Equal("""{"group":"gas"}""", document["x-ava"]!.ToJsonString());
        var result = document["components"]!["schemas"]!["Response"]!["properties"]!["result"]!;
        Assert.Equal("""{"type":"object","properties":{"say":{"type":"string"}},"required":["say"]}""", result.ToJsonString());
    }

    [Fact]
    public void Write_Yaml_SaysTheSameAsJson()
    {
        var yaml = SchemaWriter.Write(s_schema, SchemaFormat.OpenApi, new SchemaWriteOptions { Yaml = true }).Value!.Text;

        Assert.StartsWith("openapi: \"3.1.0\"\ninfo:\n  title: svc\n", yaml, StringComparison.Ordinal);
        Assert.Contains("\n        \"401\":\n          $ref: \"#/components/responses/NotPermitted\"\n", yaml, StringComparison.Ordinal);
        Assert.Equal(ApiSchemaJson.Write(SchemaReader.Read(Document("3.1").ToJsonString()).Value!.Schema), ApiSchemaJson.Write(SchemaReader.Read(yaml).Value!.Schema));
    }

    private static JsonObject Document(string version) =>
        (JsonObject)JsonNode.Parse(SchemaWriter.Write(s_schema, SchemaFormat.OpenApi, new SchemaWriteOptions { OpenApiVersion = version }).Value!.Text)!;

    private static JsonNode Request(string version) => Document(version)["components"]!["schemas"]!["Request"]!["properties"]!;

    private static string Without(JsonNode node, string name)
    {
        node.AsObject().Remove(name);
        return node.ToJsonString();
    }
}
