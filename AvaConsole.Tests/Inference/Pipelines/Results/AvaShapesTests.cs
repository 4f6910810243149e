using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Pipelines.Results;
using AvaConsole.Inference.Pipelines.Results.Detecting;
using AvaConsole.Inference.Pipelines.Results.Segmenting;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Inference.Pipelines.Results;

/// <summary>The answers of each kind against the shapes of AVA's commands, as its catalogue writes them.</summary>
public sealed partial class AvaShapesTests
{
    private static readonly ClassNames s_names = new(["a", "b", "c"], ["甲", "乙", "丙"]);

    [SharedDataTheory("ase/ava/eval-catalog.json")]
    [InlineData("pulp")]
    [InlineData("terror-classify")]
    [InlineData("facex-age")]
    [InlineData("facex-gender")]
    [InlineData("object-classify")]
    public void Classification_OfACommand_HasItsMembers(string command)
    {
        var stage = new ClassificationStage(new ClassificationOptions("out", s_names, Activation.None, 5, 0));

        AssertShape(command, Interpret(stage, Values.Floats([1, 3], 0.5f, 0.25f, 0.25f)));
    }

    [SharedDataTheory("ase/ava/eval-catalog.json")]
    [InlineData("pulp-detect")]
    [InlineData("terror-detect")]
    [InlineData("detection")]
    public void Detection_OfACommand_HasItsMembers(string command)
    {
        var stage = new DetectionStage(new DetectionOptions(new EndToEndHead("out", BoxFormat.Xyxy), s_names, BoxUnits.Pixels, 0.25f, 1, 100));

        AssertShape(command, Interpret(stage, Values.Floats([1, 1, 6], 0, 0, 1, 2, 0.5f, 2)));
    }

    [SharedDataFact("ase/ava/eval-catalog.json")]
    public void Segmentation_OfSegment_HasItsMembers()
    {
        var stage = new SegmentationStage(new SegmentationOptions("out", s_names, SegmentationMode.Argmax, Activation.None, 0.5f, MaskForm.Png));

        var answer = Interpret(stage, Values.Of(TensorType.UInt8, [1, 2, 2], (byte[])[0, 1, 1, 2])).Json;

        Assert.Contains("mask: data:image/png;base64; detections + color:[r,g,b]", Result("segment"), StringComparison.Ordinal);
        Assert.StartsWith("data:image/png;base64,", (string)answer["mask"]!, StringComparison.Ordinal);
        Assert.All(answer["detections"]!.AsArray(), one =>
        {
            AssertItem("{index:int,class:string,score:float,pts:[[x,y]*4]}", one!.AsObject());
            Assert.Equal(3, one["color"]!.AsArray().Count);
        });
    }

    [SharedDataTheory("ase/ava/eval-catalog.json")]
    [InlineData("facex-feature")]
    [InlineData("image-feature")]
    public void Embedding_OfACommand_IsItsStream(string command)
    {
        var answer = Interpret(new EmbeddingStage(new EmbeddingOptions("out", Normalize: false, EmbeddingForm.Json)), Values.Floats([1, 4], 1, 2, 3, 4));

        Assert.Equal("octet-stream of float32", Result(command));
        Assert.Equal(4 * sizeof(float), answer.Octets?.Length);
    }

    private static StageAnswer Interpret(IResultStage stage, ModelValue output)
    {
        var answer = stage.Interpret([output], new PreparedInput([], new PictureGeometry(2, 2, 2, 2, 1, 1, 0, 0)), default);
        Assert.True(answer.IsSuccess, $"{answer.Error}");
        return answer.Value;
    }

    private static string Result(string command) => (string)JsonNode.Parse(File.ReadAllText(SharedData.Combine("ase", "ava", "eval-catalog.json")))!["cmds"]!
        .AsArray().Single(one => (string)one!["cmd"]! == command)!["result"]!;

    /// <summary>Of a shape such as <c>confidences:[{index:int,class:string,score:float}] + label_cn</c>.</summary>
    private static void AssertShape(string command, StageAnswer answer)
    {
        var shape = List().Match(Result(command));
        var items = answer.Json[shape.Groups["name"].Value]!.AsArray();
        Assert.NotEmpty(items);
        Assert.All(items, item => AssertItem(shape.Groups["item"].Value, item!.AsObject()));
        Assert.True(!Result(command).Contains("label_cn", StringComparison.Ordinal) || items[0]!["label_cn"] is not null);
    }

    private static void AssertItem(string shape, JsonObject item)
    {
        var members = Member().Matches(shape).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["type"].Value);
        Assert.Equal(members.Keys, item.Select(member => member.Key).Where(members.ContainsKey));
        Assert.All(members, member => Assert.True(
            member.Value switch
            {
                "int" => item[member.Key]!.AsValue().TryGetValue<int>(out _),
                "float" => item[member.Key]!.AsValue().TryGetValue<double>(out _),
                "string" => item[member.Key]!.GetValueKind() == System.Text.Json.JsonValueKind.String,
                _ => item[member.Key]!.AsArray() is { Count: 4 } points && points.All(point => point!.AsArray() is { Count: 2 } xy && xy.All(number => number!.AsValue().TryGetValue<int>(out _))),
            },
            $"{member.Key} of {item.ToJsonString()}"));
    }

    [GeneratedRegex(@"(?<name>\w+):\[(?<item>\{.*?\})\]")]
    private static partial Regex List();

    [GeneratedRegex(@"(?<name>\w+):(?<type>int|string|float|\[\[)")]
    private static partial Regex Member();
}
