using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Ensembles;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Tests.Inference.Pipelines.Ensembles;

public sealed class GraphBuilderTests
{
    private static readonly ModelPort s_picture = new("image", PortKind.Tensor, TensorType.Fp32, [-1, 3, 8, 8]);

    private static readonly Dictionary<string, EnsembleModelInfo> s_models = new()
    {
        ["finder"] = Info(PipelineKind.Detection, [s_picture], [Port("boxes", -1, -1, 6)]),
        ["body"] = Info(null, [s_picture], [Port("features", -1, 16), Port("count", TensorType.Int64, 1), new("map", PortKind.Map, TensorType.Fp32, [])]),
        ["head"] = Info(PipelineKind.Classification, [Port("features", -1, 16)], [Port("scores", -1, 4)]),
        ["wide"] = Info(PipelineKind.Classification, [Port("features", -1, 32)], [Port("scores", -1, 4)]),
        ["loop"] = Info(PipelineKind.Classification, [Port("a", -1, 4)], [Port("b", -1, 4)]),
    };

    [Fact]
    public void Build_StepsInAnyOrder_AreSorted()
    {
        var graph = Build([Step("head", "top") with { Inputs = From("features", "part.features") }, Step("body", "part") with { Crop = "finder" }, Step("finder")]);

        Assert.True(graph.IsSuccess, $"{graph.Error}");
        Assert.Equal([2, 1, 0], graph.Value.Order);
        Assert.Equal([(1, 2), (1, 2), (null, null)], graph.Value.Steps.Select(step => (step.RowsFrom, step.RowsOf)));
    }

    [Fact]
    public void Build_WrongSteps_AreNamed()
    {
        Assert.Equal([("service.yaml:steps.x.model", "package.ensemble_model_unknown")], Problems([Step("x"), Step("finder")]));
        Assert.Equal([("service.yaml:steps.finder", "package.ensemble_step_twice")], Problems([Step("finder"), Step("finder")]));
        Assert.Equal([("service.yaml:steps.top.inputs.x", "package.ensemble_input_unknown")], Problems(BodyAnd("x", "body.features")));
        Assert.Equal([("service.yaml:steps.top.inputs.features", "package.ensemble_source_unknown")], Problems(BodyAnd("features", "features")));
        Assert.Equal([("service.yaml:steps.top.inputs.features", "package.ensemble_tensor_unknown")], Problems(BodyAnd("features", "body.scores")));
        Assert.Equal([("service.yaml:steps.top.inputs.features", "package.ensemble_type")], Problems(BodyAnd("features", "body.count")));
        Assert.Equal([("service.yaml:steps.top.inputs.features", "package.ensemble_type")], Problems(BodyAnd("features", "body.map")));
        Assert.Equal(
            [("service.yaml:steps.wide.inputs.features", "package.ensemble_shape")],
            Problems([Step("body"), Step("wide") with { Inputs = From("features", "body.features") }]));
        Assert.Equal([("service.yaml:steps.part.crop", "package.ensemble_step_unknown")], Problems([Step("body", "part") with { Crop = "x" }, Step("finder")]));
        Assert.Equal([("service.yaml:steps.finder.crop", "package.ensemble_not_detection")], Problems([Step("body"), Step("finder") with { Crop = "body" }]));
        Assert.Equal([("service.yaml:steps.score.name", "package.ensemble_name_reserved")], Problems([Step("finder", "score")]));
        Assert.Equal([("service.yaml:models", "package.ensemble_no_answer")], Problems([Step("body")]));
        Assert.Equal([("service.yaml:steps", "package.ensemble_empty")], Problems([]));
        Assert.Equal(
            [("service.yaml:steps.head.crop", "package.ensemble_crop_no_picture")],
            Problems([Step("finder"), Step("body"), Step("head") with { Crop = "finder", Inputs = From("features", "body.features") }]));
    }

    [Fact]
    public void Build_UnusedModel_IsNamed()
    {
        var builder = new GraphBuilder(new EnsembleDescription { Models = Models("finder", "body"), Steps = [Step("finder")] }, s_models);

        Assert.Equal([("service.yaml:models.body", "package.ensemble_model_unused")], Problems(builder.Build()));
    }

    [Fact]
    public void Build_StepsThatWaitForEachOther_ShowTheWayRound()
    {
        var graph = Build([Step("loop", "one") with { Inputs = From("a", "two.b") }, Step("loop", "two") with { Inputs = From("a", "one.b") }, Step("finder")]);

        var problem = Support.InferenceParts.Problem(graph.Error);
        Assert.Equal(("package.ensemble_cycle", "one ← two ← one"), (problem.Code, problem.Args[0]));
        Assert.Equal("loop ← loop", Support.InferenceParts.Problem(Build([Step("loop") with { Inputs = From("a", "loop.b") }]).Error).Args[0]);
    }

    [Fact]
    public void Build_CropsThatDoNotBelongTogether_AreRefused()
    {
        Assert.Equal(
            [("service.yaml:steps.inner.crop", "package.ensemble_crop_of_crop")],
            Problems([Step("finder"), Step("finder", "middle") with { Crop = "finder" }, Step("body", "inner") with { Crop = "middle" }]));
        var two = s_models.Append(new("both", Info(PipelineKind.Raw, [Port("first", -1, 16), Port("second", -1, 16)], [Port("out", -1, 1)]))).ToDictionary();
        EnsembleStep[] steps =
        [
            Step("finder"), Step("body", "all") with { Crop = "finder" }, Step("body", "some") with { Crop = "finder", MaxCrops = 1 },
            Step("both") with { Inputs = new Dictionary<string, string> { ["first"] = "all.features", ["second"] = "some.features" } },
        ];

        Assert.Equal(
            [("service.yaml:steps.both", "package.ensemble_rows_mixed")],
            Problems(new GraphBuilder(new EnsembleDescription { Models = Models("finder", "body", "both"), Steps = steps }, two).Build()));
    }

    private static EnsembleStep[] BodyAnd(string input, string source) => [Step("body"), Step("head", "top") with { Inputs = From(input, source) }];

    private static EnsembleStep Step(string model, string? name = null) => new() { Model = model, Name = name };

    private static Dictionary<string, string> From(string input, string source) => new() { [input] = source };

    private static Result<EnsembleGraph> Build(EnsembleStep[] steps) => new GraphBuilder(
        new EnsembleDescription { Models = Models([.. steps.Select(step => step.Model).Distinct()]), Steps = steps }, s_models).Build();

    private static IEnumerable<(string Field, string Code)> Problems(EnsembleStep[] steps) => Problems(Build(steps));

    private static IEnumerable<(string Field, string Code)> Problems(Result<EnsembleGraph> graph) =>
        Assert.IsType<InvalidError>(graph.Error).Problems.Select(problem => (problem.Field, problem.Code));

    private static Dictionary<string, EnsembleModel> Models(params string[] names) => names.ToDictionary(name => name, name => new EnsembleModel { File = $"{name}.onnx" });

    private static EnsembleModelInfo Info(PipelineKind? pipeline, ModelPort[] inputs, ModelPort[] outputs) => new(new ModelSignature(inputs, outputs), pipeline);

    private static ModelPort Port(string name, params long[] shape) => Port(name, TensorType.Fp32, shape);

    private static ModelPort Port(string name, TensorType type, params long[] shape) => new(name, PortKind.Tensor, type, shape);
}
