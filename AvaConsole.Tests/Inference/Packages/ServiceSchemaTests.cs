using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Validation.JsonSchema;
using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AvaConsole.Tests.Inference.Packages;

public sealed class ServiceSchemaTests
{
    private static readonly string s_file = RepositoryRoot.Combine("docs", "service-yaml.schema.json");

    [Fact]
    public void Schema_FileInDocs_IsThatOfTheReader()
    {
        // AVACONSOLE_WRITE_SNAPSHOTS=1 writes it anew after a member was added.
        if (Environment.GetEnvironmentVariable("AVACONSOLE_WRITE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(s_file, ServiceSchema.Text);
        }

        Assert.Equal(ServiceSchema.Text, File.ReadAllText(s_file));
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("pipeline: classification\ninput: {width: 28, color: grey, mean: [0], std: 1, scale: 1.0}\noutput: {top_k: 3}\nlabels: labels.txt", true)]
    [InlineData("input: {background: '#ffeedd', resize: contain, padding: [1, 2, 3]}", true)]
    [InlineData("inputs: [{kind: text, vocabulary: v.txt, length: 8}, {kind: tensor, shape: [1, -1]}]", true)]
    [InlineData("input: {columns: [a, {name: b, categories: [x, y], missing: .nan}]}", true)]
    [InlineData("pipeline: detection\noutput: {head: yolo, nms_iou: 0.5}", true)]
    [InlineData("pipeline: ensemble\nmodels: {a: {file: a.onnx, pipeline: regression, output: {names: [x]}}}\nsteps: [{model: a}]", true)]
    [InlineData("pipeline: detective", false)]
    [InlineData("input: {with: 3}", false)]
    [InlineData("input: {width: 0}", false)]
    [InlineData("input: {std: [1, 0, 1]}", false)]
    [InlineData("input: {kind: text, width: 3}", false)]
    [InlineData("input: {columns: [{categories: [x]}]}", false)]
    [InlineData("input: {background: pink}", false)]
    [InlineData("labels: ../x", false)]
    [InlineData("labels: ..", false)]
    [InlineData("output: {head: yolo}", false)]
    [InlineData("pipeline: raw\noutput: {top_k: 3}", false)]
    [InlineData("pipeline: ensemble\noutput: {}\nmodels: {a: {file: a.onnx}}\nsteps: [{model: a}]", false)]
    [InlineData("pipeline: ensemble\nmodels: {a: {}}\nsteps: [{model: a}]", false)]
    public void Schema_Document_IsAcceptedWhereTheReaderAcceptsIt(string yaml, bool valid)
    {
        using var schema = JsonDocument.Parse(ServiceSchema.Text);
        var validator = JsonSchemaValidator.Compile(schema.RootElement);
        Assert.True(validator.IsSuccess, $"{validator.Error}");
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        using var document = JsonDocument.Parse(ToJson(stream.Documents[0].RootNode).ToJsonString());

        Assert.Equal(valid, ServiceYaml.Parse(yaml).IsSuccess);
        Assert.Equal(valid, validator.Value.Validate(document.RootElement).Count == 0);
    }

    [Fact]
    public void Tables_EachMember_SetsItsProperty()
    {
        foreach (var section in ServiceTables.All)
        {
            Assert.NotEmpty(section.Members);
            Assert.All(section.Members, member => Assert.True(member.Target.Count == 0 || member.Target[^1].CanWrite, $"{section.Name}.{member.Name}"));
            Assert.All(section.Members, member => Assert.EndsWith(".", member.Description, StringComparison.Ordinal));
        }
    }

    // Plain scalars as YAML 1.2's core schema reads them.
    private static JsonNode ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, (JsonNode?)ToJson(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } scalar => scalar.Value == "true",
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when double.TryParse(scalar.Value, out var number) => number,
        _ => ((YamlScalarNode)node).Value!,
    };
}
