using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Pipelines;

namespace AvaConsole.Tests.Inference.Packages;

public sealed class ServiceYamlTests
{
    [Fact]
    public void Parse_FileOfTheFirstVersion_KeepsItsMeaning()
    {
        var description = Read("""
            pipeline: classification
            input:
              tensor: image
              width: 28
              height: "28"
              color: grey
              layout: nchw
              resize: contain
              background: black
              mean: [0]
              std: 1
              scale: 0.5
            output:
              tensor: scores
              activation: none
              top_k: 3
            labels: labels.txt
            """);

        Assert.Equal(PipelineKind.Classification, description.Pipeline);
        Assert.Equal("labels.txt", description.Labels);
        var picture = Assert.IsType<PictureInput>(Assert.Single(description.Inputs));
        Assert.Equal(new PictureInput
        {
            Tensor = "image",
            Width = 28,
            Height = 28,
            Color = PictureColor.Grey,
            Layout = PictureLayout.Nchw,
            Resize = PictureFit.Contain,
            Background = Rgb.Black,
            Mean = picture.Mean,
            Std = picture.Std,
            Scale = 0.5f,
        }, picture);
        Assert.Equal([0f], picture.Mean);
        Assert.Equal([1f], picture.Std);
        Assert.Equal(new ClassificationOutput { Tensor = "scores", Activation = Activation.None, TopK = 3 }, description.Output);
    }

    [Fact]
    public void Parse_NothingButLabels_LeavesTheRestToTheModel() =>
        Assert.Equal(new ServiceDescription { Labels = "labels.txt", Inputs = [] }, Read("labels: labels.txt\npipeline:\n") with { Inputs = [] });

    [Theory]
    [InlineData("{kind: text, tokenizer: bytes, length: 8}", typeof(TextInput))]
    [InlineData("{vocabulary: vocab.txt}", typeof(TextInput))]
    [InlineData("{columns: [a, b]}", typeof(TabularInput))]
    [InlineData("{rate: 16000}", typeof(AudioInput))]
    [InlineData("{shape: [1, -1]}", typeof(TensorInput))]
    [InlineData("{scale: 2}", typeof(PictureInput))]
    [InlineData("{kind: audio, scale: 2}", typeof(AudioInput))]
    [InlineData("{tensor: x}", typeof(InputDescription))]
    public void Parse_Input_IsOfItsKindOrOfTheOneWithItsMembers(string input, Type expected) =>
        Assert.IsType(expected, Assert.Single(Read($"input: {input}").Inputs));

    [Fact]
    public void Parse_SeveralInputs_KeepsTheirOrder()
    {
        var inputs = Read("""
            pipeline: regression
            inputs:
              - {tensor: photo, kind: picture, entry: image, padding: [114, 114, 114], background: "#0a0B0c", resize: contain}
              - tensor: facts
                columns:
                  - age
                  - {name: city, categories: [Berlin, 上海], one_hot: true, unknown: .nan, missing: -1}
            output: {names: [price], units: EUR}
            """).Inputs;

        var photo = Assert.IsType<PictureInput>(inputs[0]);
        Assert.Equal((new Rgb(114, 114, 114), new Rgb(10, 11, 12), "image"), (photo.Padding, photo.Background, photo.Entry));
        var columns = Assert.IsType<TabularInput>(inputs[1]).Columns;
        Assert.Equal(["age", "city"], columns.Select(column => column.Name));
        Assert.Equal(["Berlin", "上海"], columns[1].Categories);
        Assert.Equal((true, -1f), (columns[1].OneHot, columns[1].Missing));
        Assert.True(float.IsNaN(columns[1].Unknown!.Value));
    }

    [Fact]
    public void Parse_Ensemble_HoldsItsModelsAndSteps()
    {
        var ensemble = Read("""
            pipeline: ensemble
            models:
              finder: {file: detector.onnx, pipeline: detection, output: {head: yolo, nms_iou: 0.5}}
              namer: {file: names.onnx, input: {width: 8}, labels: names.txt}
            steps:
              - {model: finder}
              - {name: names, model: namer, crop: finder, margin: 0.1, classes: [cat], max_crops: 4}
            """).Ensemble!;

        Assert.Equal("detector.onnx", ensemble.Models["finder"].File);
        Assert.Equal(new DetectionOutput { Head = DetectionHead.Yolo, NmsIou = 0.5f }, ensemble.Models["finder"].Description.Output);
        Assert.Equal("names.txt", ensemble.Models["namer"].Description.Labels);
        Assert.Equal(["finder", "namer"], ensemble.Steps.Select(step => step.Model));
        Assert.Equal((0.1f, 4), (ensemble.Steps[1].Margin, ensemble.Steps[1].MaxCrops));
    }

    [Theory]
    [InlineData("input: {kind: film}", "input.kind", "package.service_field_choice")]
    [InlineData("input: {kind: text, width: 3}", "input.width", "package.service_field_unknown")]
    [InlineData("input: {hieght: 3}", "input.hieght", "package.service_field_near")]
    [InlineData("input: {width: 8193}", "input.width", "package.service_field_range")]
    [InlineData("input: {width: 1.5}", "input.width", "package.service_field_range")]
    [InlineData("input: {width: [1, 2]}", "input.width", "package.service_field_not_value")]
    [InlineData("input: {scale: .inf}", "input.scale", "package.service_field_not_zero")]
    [InlineData("input: {mean: []}", "input.mean", "package.service_field_items")]
    [InlineData("input: {mean: [1, 2, 3, 4]}", "input.mean", "package.service_field_items")]
    [InlineData("input: {mean: [1, x]}", "input.mean[1]", "package.service_field_number")]
    [InlineData("input: {mean: {a: 1}}", "input.mean", "package.service_field_not_list")]
    [InlineData("input: {background: pink}", "input.background", "package.service_field_color")]
    [InlineData("input: {background: [1, 2, 256]}", "input.background", "package.service_field_color")]
    [InlineData("input: {short_side: 256}", "input.short_side", "package.service_field_needs")]
    [InlineData("input: {resize: crop, short_side: 16, width: 32}", "input.short_side", "package.service_field_below")]
    [InlineData("input: {padding: 114}", "input.padding", "package.service_field_needs")]
    [InlineData("input: {min_side: 33, max_side: 32}", "input.max_side", "package.service_field_below")]
    [InlineData("input: [1]", "input", "package.service_field_not_mapping")]
    [InlineData("input: {width: 3}\ninputs: [{height: 3}]", "input", "package.service_field_both", "inputs")]
    [InlineData("inputs: []", "inputs", "package.service_field_items")]
    [InlineData("input: {tokenizer: wordpiece}", "input.tokenizer", "package.service_field_needs")]
    [InlineData("input: {tokenizer: bytes, vocabulary: v.txt}", "input.vocabulary", "package.service_field_needs")]
    [InlineData("input: {start: '[CLS]'}", "input.start", "package.service_field_needs")]
    [InlineData("input: {lowercase: yes}", "input.lowercase", "package.service_field_choice")]
    [InlineData("input: {columns: [{categories: [a]}]}", "input.columns[0].name", "package.service_field_required")]
    [InlineData("input: {columns: [a, a]}", "input.columns", "package.service_field_twice")]
    [InlineData("input: {columns: [{name: a, one_hot: true}]}", "input.columns[0].one_hot", "package.service_field_needs")]
    [InlineData("input: {columns: [{name: a, categories: [x, x]}]}", "input.columns[0].categories", "package.service_field_twice")]
    [InlineData("input: {shape: [-1, -1]}", "input.shape", "package.service_field_twice")]
    [InlineData("input: {shape: [-2]}", "input.shape[0]", "package.service_field_range")]
    [InlineData("output: {head: yolo}", "output.head", "package.service_field_unknown")]
    [InlineData("output: {top_k: 0}", "output.top_k", "package.service_field_range")]
    [InlineData("output: {topk: 3}", "output.topk", "package.service_field_near")]
    [InlineData("pipeline: detection\noutput: {score_threshold: 1.5}", "output.score_threshold", "package.service_field_between")]
    [InlineData("pipeline: ensemble", "pipeline", "package.service_field_needs")]
    [InlineData("models: {a: {file: a.onnx}}", "models", "package.service_field_needs")]
    [InlineData("pipeline: ensemble\noutput: {top_k: 3}\nmodels: {a: {file: a.onnx}}\nsteps: [{model: a}]", "output", "package.service_field_not_here")]
    [InlineData("pipeline: ensemble\nmodels: {a: {models: {}}}\nsteps: [{model: a}]", "models.a.models", "package.service_field_unknown", "models.a.file")]
    [InlineData("pipeline: ensemble\nmodels: a\nsteps: [{model: a}]", "models", "package.service_field_not_mapping")]
    public void Parse_WrongMember_IsNamed(string yaml, string path, string code, string? alsoAt = null)
    {
        var problems = Problems(yaml);

        Assert.Equal(($"service.yaml:{path}", code), (problems[0].Field, problems[0].Code));
        Assert.Equal(alsoAt is null ? [] : [$"service.yaml:{alsoAt}"], problems.Skip(1).Select(problem => problem.Field));
    }

    [Fact]
    public void Parse_SeveralMistakes_NamesAllWithLineValueAndRemedy()
    {
        var problems = Problems("""
            pipelin: detection
            input:
              width: none
              color: cmyk
            """);

        Assert.Collection(
            problems,
            problem => Assert.Equal(["service.yaml:1", "pipelin", "pipeline"], problem.Args),
            problem => Assert.Equal(["service.yaml:3", "input.width", "none", 1L, 8192L], problem.Args),
            problem => Assert.Equal(["service.yaml:4", "input.color", "cmyk", "grey, rgb, bgr"], problem.Args));
    }

    [Fact]
    public void Parse_ThousandsOfMistakes_NamesFifty() =>
        Assert.Equal(50, Problems(string.Join('\n', Enumerable.Range(0, 3000).Select(index => $"no{index}: 1"))).Count);

    [Fact]
    public void Apply_ReleaseValues_GoBeforeThePackage()
    {
        var package = Read("input: {width: 8, scale: 2}\noutput: {top_k: 3}");

        var release = ReleaseOverrides.Apply(package, 64, new JsonObject { ["input.scale"] = 4, ["top_k"] = 1, ["mean"] = new JsonArray(1, 2, 3), ["gpu"] = "x", ["layout"] = "nhwc" });

        var picture = Assert.IsType<PictureInput>(Assert.Single(release.Value!.Inputs));
        Assert.Equal((64, 64, 4f, null), (picture.Width, picture.Height, picture.Scale, picture.Layout));
        Assert.Equal([1f, 2f, 3f], picture.Mean);
        Assert.Equal(new ClassificationOutput { TopK = 1 }, release.Value.Output);
        Assert.Equal(8, ((PictureInput)package.Inputs[0]).Width);
    }

    [Fact]
    public void Apply_ReleaseValuesOfADetection_GoBeforeThePackage()
    {
        var release = ReleaseOverrides.Apply(
            Read("pipeline: detection\noutput: {head: ssd, score_threshold: 0.3}"), 0, new JsonObject { ["score_threshold"] = 0.9 });

        Assert.Equal(new DetectionOutput { Head = DetectionHead.Ssd, ScoreThreshold = 0.9f }, release.Value!.Output);
        Assert.Empty(release.Value.Inputs);
    }

    [Theory]
    [InlineData(0, "{\"image_width\": 32}", 32)]
    [InlineData(0, "{\"image_width\": \"32\"}", 32)]
    [InlineData(64, "{\"image_width\": 32}", 64)]
    [InlineData(64, "{\"image_width\": 32, \"width\": 16}", 16)]
    [InlineData(0, "{\"image_width\": 0}", 8)]
    public void Apply_ImageWidth_IsTheReleasesElseThatOfItsValues(int imageWidth, string customValues, int expected)
    {
        var release = ReleaseOverrides.Apply(Read("input: {width: 8}"), imageWidth, JsonNode.Parse(customValues)!.AsObject());

        Assert.Equal(expected, Assert.IsType<PictureInput>(Assert.Single(release.Value!.Inputs)).Width);
    }

    [Fact]
    public void Apply_WrongImageWidth_IsNamed()
    {
        var error = Assert.IsType<InvalidError>(ReleaseOverrides.Apply(new ServiceDescription(), 0, new JsonObject { ["image_width"] = "wide" }).Error);

        Assert.Equal("custom_values:image_width", Assert.Single(error.Problems).Field);
    }

    [Fact]
    public void Apply_WrongReleaseValue_IsNamed()
    {
        var error = Assert.IsType<InvalidError>(ReleaseOverrides.Apply(new ServiceDescription(), 0, new JsonObject { ["resize"] = "bend" }).Error);

        var problem = Assert.Single(error.Problems);
        Assert.Equal(("custom_values:input.resize", "package.service_field_choice"), (problem.Field, problem.Code));
    }

    [Fact]
    public void Apply_ReleaseValuesOfAnEnsemble_ReachTheModelsTheyAreMeantFor()
    {
        var values = JsonNode.Parse("""{"score_threshold": 0.5, "top_k": 9, "namer": {"top_k": 3, "image_width": 24}, "gpu": "x"}""")!.AsObject();

        var models = ReleaseOverrides.Apply(Read(Ensemble), 64, values).Value!.Ensemble!.Models;

        var finder = models["finder"].Description;
        Assert.Equal((64, 0.5f), (Assert.IsType<PictureInput>(Assert.Single(finder.Inputs)).Width, ((DetectionOutput)finder.Output!).ScoreThreshold));
        var namer = models["namer"].Description;
        Assert.Equal((24, 3), (Assert.IsType<PictureInput>(Assert.Single(namer.Inputs)).Width, ((ClassificationOutput)namer.Output!).TopK));
    }

    [Theory]
    [InlineData("""{"namer": 3}""", "custom_values:namer")]
    [InlineData("""{"namer": {"resize": "bend"}}""", "custom_values.namer:input.resize")]
    [InlineData("""{"resize": "bend"}""", "custom_values:input.resize")]
    public void Apply_WrongValueOfAnEnsemble_IsNamed(string values, string field)
    {
        var error = Assert.IsType<InvalidError>(ReleaseOverrides.Apply(Read(Ensemble), 0, JsonNode.Parse(values)!.AsObject()).Error);

        Assert.Equal(field, Assert.Single(error.Problems).Field);
    }

    private const string Ensemble = """
        pipeline: ensemble
        models:
          finder: {file: f.onnx, pipeline: detection, input: {width: 8}, output: {head: ssd}}
          namer: {file: n.onnx, pipeline: classification, input: {width: 8}}
        steps:
          - {name: find, model: finder}
          - {name: name, model: namer, crop: find}
        """;

    private static ServiceDescription Read(string yaml)
    {
        var read = ServiceYaml.Parse(yaml);
        Assert.True(read.IsSuccess, read.Error is InvalidError invalid ? string.Join('\n', invalid.Problems) : "");
        return read.Value;
    }

    private static IReadOnlyList<Problem> Problems(string yaml) => Assert.IsType<InvalidError>(ServiceYaml.Parse(yaml).Error).Problems;
}
