using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Tests.Support;
using YamlDotNet.Serialization;

namespace AvaConsole.Tests.Core.Schemas;

public sealed class SchemaFormatTests
{
    /// <summary>What the gateway's validator knows; one other word and it does not load the file.</summary>
    private static readonly string[] s_gatewayKeywords =
    [
        "type", "properties", "items", "required", "enum", "maximum", "minimum", "maxLength", "minLength", "additionalProperties", "defaultVal", "description", "$comment",
    ];

    [Fact]
    public void AseYaml_PublishedSample_SpelledRightAndOrdered() => Assert.Equal(
        """
        apiVersion: iflytek.com/v1alpha1
        kind: ApiSchema
        metadata:
          name: image-detect
          group: gas
          region: dx
          projectName: guiderAllService
          serviceName: image-detect
          version: "1.0.0"
          configFilename: schema_image-detect.json
        spec:
          request:
            parameters:
              properties:
                vcn:
                  type: string
                  description: a word that xxx
                speed:
                  type: integer
                  format: int32
                  description: a speed that xxx
                  minimum: 50
                  maximum: 200000
                isauto:
                  type: boolean
                  description: boolean value
                someother:
                  type: object
                  description: a objcet key
                  properties:
                    value1:
                      type: string
                    value2:
                      type: string
                  required:
                  - value2
              required:
              - vcn
              - someother
            payload:
              properties:
                audio1:
                  type: audio
                  encoding: speex-wb
                  compress: raw
                  format: plain
                text1:
                  type: text
                  encoding: utf-8
                  compress: raw
                  format: json
                image1:
                  type: image
                  encoding: jpg
                  compress: raw
              required:
              - image1
          response:
            payload:
              properties:
                audio2:
                  type: audio
                  encoding: speex-wb

        """,
        AseYaml.Write(Sample.ImageDetect));

    [Theory]
    [InlineData("3")]
    [InlineData("1e3")]
    [InlineData("0x1F")]
    [InlineData("no")]
    [InlineData("True")]
    [InlineData("null")]
    [InlineData("2026-11-01")]
    [InlineData("12:30")]
    [InlineData("~")]
    [InlineData(" lead and trail ")]
    [InlineData("a: b # c")]
    [InlineData("- item")]
    [InlineData("{x}")]
    [InlineData("two\nlines\ttab \"quoted\" \\ back")]
    [InlineData("手写数字：0–9")]
    [InlineData("&anchor *alias !tag")]
    public void AseYaml_AnyText_StaysThatString(string text)
    {
        var schema = Sample.Digits with { Description = text, Parameters = [new ApiParameter { Name = "x", Enum = [text], Default = text, Description = text }] };

        var yaml = AseYaml.Write(schema);

        var document = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<Dictionary<object, object>>(yaml);
        var parameter = At(document, "spec", "request", "parameters", "properties", "x");
        Assert.Equal(text, At(document, "metadata")["description"]);
        Assert.Equal(text, parameter["description"]);
        Assert.Equal(text, parameter["default"]);
        Assert.Equal([text], (List<object>)parameter["enum"]);
    }

    [Fact]
    public void AseYaml_TypedValues_KeepTheirTypes()
    {
        var yaml = AseYaml.Write(Sample.Digits with
        {
            Parameters =
            [
                new ApiParameter { Name = "count", Type = "integer", Enum = ["1", "2"], Default = "2" },
                new ApiParameter { Name = "on", Type = "boolean", Default = "true" },
                new ApiParameter { Name = "half", Type = "number", Maximum = 0.50m },
            ],
        });

        Assert.Contains("enum:\n          - 1\n          - 2\n          default: 2\n", yaml.Replace("            ", "          ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("default: true\n", yaml, StringComparison.Ordinal);
        Assert.Contains("\"on\":\n", yaml, StringComparison.Ordinal);
        Assert.Contains("maximum: 0.5\n", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void GatewaySchemaJson_Digits_HasTheThreeParts()
    {
        var root = JsonNode.Parse(GatewaySchemaJson.Write(Sample.Digits))!;

        Assert.Equal(["meta", "schemainput", "schemaoutput"], root.AsObject().Select(member => member.Key));
        Assert.Equal("digits", (string?)root["meta"]!["serviceId"]);
        Assert.Equal("/v1/private/digits", (string?)root["meta"]!["route"]);
        Assert.Equal("image", (string?)root["meta"]!["digits"]!["input"]!["image"]!["dataType"]);
        Assert.Equal("text", (string?)root["meta"]!["digits"]!["accept"]!["answer"]!["dataType"]);
        var parameter = root["schemainput"]!["properties"]!["parameter"]!["properties"]!["digits"]!["properties"]!;
        Assert.Equal(
            """{"type":"integer","description":"Labels to answer","minimum":1,"maximum":10,"defaultVal":3,"$comment":"ava {\u0022format\u0022:\u0022int32\u0022}"}""",
            parameter["top_k"]!.ToJsonString());
        Assert.Equal("""{"type":"string","maxLength":32,"enum":["fast","3","no"],"$comment":"ava {\u0022maxLength\u0022:8}"}""", parameter["mode"]!.ToJsonString());
        Assert.NotNull(parameter["answer"]);
        Assert.Equal("""["image"]""", root["schemainput"]!["properties"]!["payload"]!["required"]!.ToJsonString());
    }

    [Fact]
    public void GatewaySchemaJson_AllShapes_OnlyKeywordsThatTheGatewayKnows()
    {
        var schema = Sample.ImageDetect with
        {
            Parameters =
            [
                .. Sample.ImageDetect.Parameters,
                new ApiParameter { Name = "list", Type = "array", Items = new ApiParameter { Type = "object" }, Default = "[]" },
            ],
            Payload = [.. Sample.ImageDetect.Payload, new PayloadEntry { Name = "t", Type = "tensor", DataType = "FP32", Shape = [1] }],
        };

        var root = JsonNode.Parse(GatewaySchemaJson.Write(schema))!;

        Assert.Equal("other", (string?)root["meta"]!["image-detect"]!["input"]!["t"]!["dataType"]);
        Assert.All(Keywords(root["schemainput"]!).Concat(Keywords(root["schemaoutput"]!)), keyword => Assert.Contains(keyword, s_gatewayKeywords));
    }

    [SharedDataFact("ase/webgate/s6d69bb68-text2image.json")]
    public void GatewaySchemaJson_Header_HasWhatPublishedSchemasHave()
    {
        var published = JsonNode.Parse(File.ReadAllText(SharedData.Combine("ase/webgate/s6d69bb68-text2image.json")))!;
        var written = JsonNode.Parse(GatewaySchemaJson.Write(Sample.Digits))!;

        Assert.Empty(written["meta"]!.AsObject().Select(member => member.Key).Except(published["meta"]!.AsObject().Select(member => member.Key)).Except(["digits"]));
        var headers = written["schemainput"]!["properties"]!["header"]!;
        var expected = published["schemainput"]!["properties"]!["header"]!;
        Assert.Equal(expected["required"]!.ToJsonString(), headers["required"]!.ToJsonString());
        Assert.Empty(headers["properties"]!.AsObject().Select(member => member.Key).Except(expected["properties"]!.AsObject().Select(member => member.Key)));
    }

    [Fact]
    public void Writers_UnfinishedDraft_StillPreview()
    {
        var draft = new ApiSchema
        {
            Version = "",
            Parameters = [new ApiParameter(), new ApiParameter(), new ApiParameter { Type = "?", Enum = ["x"], Default = "y" }],
            Payload = [new PayloadEntry(), new PayloadEntry { Type = "?" }],
        };

        Assert.NotEmpty(AseYaml.Write(draft));
        Assert.NotNull(JsonNode.Parse(GatewaySchemaJson.Write(draft)));
        Assert.NotEmpty(SchemaLint.Check(draft));
        Assert.NotNull(CompiledSchema.Compile(draft));
    }

    [Fact]
    public void ApiSchemaJson_RoundTrip_SameBytes()
    {
        foreach (var schema in new[] { Sample.Digits, Sample.ImageDetect, new ApiSchema() })
        {
            var bytes = ApiSchemaJson.Write(schema);

            Assert.True(ApiSchemaJson.TryRead(bytes, out var read));
            Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(ApiSchemaJson.Write(read)));
            Assert.Equal(GatewaySchemaJson.Write(schema), GatewaySchemaJson.Write(read));
        }
    }

    [Fact]
    public void ApiSchemaJson_EqualNumbers_SameBytes()
    {
        static ApiSchema With(decimal maximum) => new() { Parameters = [new ApiParameter { Name = "x", Type = "number", Maximum = maximum }] };

        Assert.Equal(ApiSchemaJson.Write(With(0.5m)), ApiSchemaJson.Write(With(0.500m)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"service\":null}")]
    [InlineData("{\"service\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":\"x\"}")]
    [InlineData("{\"parameters\":[null]}")]
    [InlineData("{\"parameters\":[{\"enum\":[null]}]}")]
    [InlineData("{\"service\":\"a\",\"service\":\"b\"}")]
    public void ApiSchemaJson_NotSuchADocument_False(string text) => Assert.False(ApiSchemaJson.TryRead(Encoding.UTF8.GetBytes(text), out _));

    private static Dictionary<object, object> At(Dictionary<object, object> document, params string[] path) =>
        path.Aggregate(document, (at, name) => (Dictionary<object, object>)at[name]);

    /// <summary>The keywords of a schema; names of properties are not keywords.</summary>
    private static IEnumerable<string> Keywords(JsonNode schema)
    {
        foreach (var (keyword, value) in schema.AsObject())
        {
            yield return keyword;
            var parts = keyword switch
            {
                "properties" => value!.AsObject().Select(member => member.Value!),
                "items" => [value!],
                _ => [],
            };
            foreach (var inner in parts.SelectMany(Keywords))
            {
                yield return inner;
            }
        }
    }
}
