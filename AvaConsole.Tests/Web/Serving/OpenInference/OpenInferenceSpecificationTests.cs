using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Validation.JsonSchema;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace AvaConsole.Tests.Web.Serving.OpenInference;

/// <summary>Answers held against the protocol's own description.</summary>
[Collection(OpenInferenceCollection.Name)]
public sealed class OpenInferenceSpecificationTests(OpenInferenceServer server)
{
    private const string Specification = "oip/open_inference_rest.fixed.yaml";

    private static readonly Lazy<JsonObject> s_components = new(() => ReadComponents());

    public static TheoryData<string> Requests => [.. OpenInferenceServer.SharedModels()
        .SelectMany(folder => Directory.EnumerateFiles(folder, "request*.json"))
        .Select(path => Path.GetRelativePath(SharedData.Combine("models"), path))
        .DefaultIfEmpty("")];

    [SharedDataTheory(Specification)]
    [MemberData(nameof(Requests))]
    public async Task Infer_KnownRequest_GivesTheKnownResponse(string path)
    {
        var request = await File.ReadAllBytesAsync(SharedData.Combine("models", path));
        var expected = JsonNode.Parse(await File.ReadAllBytesAsync(SharedData.Combine("models", path.Replace("request", "response", StringComparison.Ordinal))))!;

        var (response, body) = await server.PostAsync($"/v2/models/{Path.GetDirectoryName(path)}/infer", request);

        Assert.True(response.IsSuccessStatusCode, body.ToJsonString());
        AssertFits("inference_request", Encoding.UTF8.GetString(request));
        AssertFits("inference_response", body.ToJsonString());
        Assert.Equal((string?)expected["id"], (string?)body["id"]);
        foreach (var output in expected["outputs"]!.AsArray())
        {
            AssertSame(output!, body["outputs"]!.AsArray().Single(other => (string?)other!["name"] == (string?)output!["name"])!);
        }
    }

    [SharedDataTheory(Specification)]
    [InlineData("/v2", "metadata_server_response")]
    [InlineData("/v2/", "metadata_server_response")]
    [InlineData("/v2/models/classes", "metadata_model_response")]
    [InlineData("/v2/models/versioned/versions/1", "metadata_model_response")]
    [InlineData("/v2/models/zipped", "metadata_model_response")]
    [InlineData("/v2/models/nothing", "metadata_model_error_response")]
    [InlineData("/v2/models/classes/versions/7", "metadata_model_error_response")]
    public async Task Get_Document_FitsTheSpecification(string path, string schema)
    {
        var (_, body) = await server.GetAsync(path);

        AssertFits(schema, body.ToJsonString());
    }

    /// <summary>A client that is made from the metadata asks for every output by its name, type and rank.</summary>
    [SharedDataFact(Specification)]
    public async Task Infer_Maps_AreWhatTheMetadataSay()
    {
        var (_, metadata) = await server.GetAsync("/v2/models/zipped");
        var known = metadata["outputs"]!.AsArray().Select(output => ((string)output!["name"]!, (string)output["datatype"]!, output["shape"]!.AsArray().Count)).ToList();
        var names = string.Join(',', known.Select(output => $$"""{"name":"{{output.Item1}}"}"""));

        var (_, body) = await server.PostAsync("/v2/models/zipped/infer", $$"""{"inputs":[{"name":"x","shape":[2,2],"datatype":"FP32","data":[1,2,3,4]}],"outputs":[{{names}}]}""");

        AssertFits("inference_response", body.ToJsonString());
        Assert.Equal([("maps", "FP32", 2), ("maps_keys", "INT64", 1)], known);
        Assert.Equal(known, body["outputs"]!.AsArray().Select(output => ((string)output!["name"]!, (string)output["datatype"]!, output["shape"]!.AsArray().Count)));
        Assert.Equal("[10,20]", body["outputs"]![1]!["data"]!.ToJsonString());
    }

    [SharedDataFact(Specification)]
    public async Task Infer_EveryType_FitsTheSpecification()
    {
        foreach (var type in Enum.GetValues<TensorType>())
        {
            var data = type switch { TensorType.Bytes => "[\"a\",\"\"]", TensorType.Bool => "[true,false]", _ => "[0,7]" };
            var name = TensorTypes.NameOf(type);

            var (_, body) = await server.PostAsync(
                $"/v2/models/{OpenInferenceServer.Echo(type)}/infer", $$"""{"inputs":[{"name":"in","shape":[2,1],"datatype":"{{name}}","data":{{data}}}]}""");

            AssertFits("inference_response", body.ToJsonString());
            Assert.Equal(data, body["outputs"]![0]!["data"]!.ToJsonString());
            Assert.Equal(name, (string?)body["outputs"]![0]!["datatype"]);
        }
    }

    [SharedDataFact(Specification)]
    public async Task Infer_BadRequest_FitsTheSpecification()
    {
        var (_, body) = await server.PostAsync("/v2/models/classes/infer", "{}");

        AssertFits("inference_error_response", body.ToJsonString());
        Assert.NotEmpty((string)body["error"]!);
    }

    /// <summary>Batches of different sizes differ in the last bits of a float.</summary>
    private static void AssertSame(JsonNode expected, JsonNode actual)
    {
        Assert.Equal(expected["shape"]!.ToJsonString(), actual["shape"]!.ToJsonString());
        Assert.Equal((string?)expected["datatype"], (string?)actual["datatype"]);
        var (wanted, got) = (expected["data"]!.AsArray(), actual["data"]!.AsArray());
        Assert.Equal(wanted.Count, got.Count);
        for (var index = 0; index < wanted.Count; index++)
        {
            if (wanted[index]!.GetValueKind() == JsonValueKind.Number)
            {
                var (one, other) = ((double)wanted[index]!, (double)got[index]!);
                Assert.True(Math.Abs(one - other) <= 1e-3 * Math.Abs(one) + 1e-3, $"{index}: {one} is not {other}");
            }
            else
            {
                Assert.Equal(wanted[index]!.ToJsonString(), got[index]!.ToJsonString());
            }
        }
    }

    private static void AssertFits(string schema, string json)
    {
        var document = new JsonObject { ["$ref"] = $"#/components/schemas/{schema}", ["components"] = s_components.Value.DeepClone() };
        var validator = JsonSchemaValidator.Compile(JsonSerializer.SerializeToElement(document));
        Assert.True(validator.IsSuccess, $"{validator.Error}");
        Assert.Empty(validator.Value.Validate(Encoding.UTF8.GetBytes(json)));
    }

    private static JsonObject ReadComponents()
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(SharedData.Combine(Specification));
        yaml.Load(reader);
        return (JsonObject)ToJson(((YamlMappingNode)yaml.Documents[0].RootNode)["components"])!;
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Where(pair => !((string)pair.Key!).StartsWith("x-", StringComparison.Ordinal)).Select(pair => KeyValuePair.Create((string)pair.Key!, ToJson(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(ToJson)]),
        _ => JsonValue.Create((string?)node),
    };
}
