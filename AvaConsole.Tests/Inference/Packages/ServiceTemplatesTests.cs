using AvaConsole.Core.Releases;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Inference.Packages;

public sealed class ServiceTemplatesTests
{
    private static readonly TensorInfo s_scores = new("scores", "FP32", [-1, 10]);

    public static TheoryData<string, TensorInfo[], TensorInfo[]> Models => new()
    {
        { "classification,embedding,raw", [new("image", "FP32", [-1, 3, 224, 224])], [s_scores] },
        { "classification,embedding,raw", [new("image", "FP32", [-1, 28, 20, 1])], [s_scores] },
        { "detection,segmentation,raw", [new("images", "FP32", [1, 3, -1, -1])], [new("rows", "FP32", [1, 84, 8400])] },
        { "segmentation,detection,raw", [new("image", "FP32", [1, 3, 64, 64])], [new("mask", "FP32", [1, 2, 64, 64])] },
        { "tabular,raw", [new("x", "FP32", [-1, 4])], [new("y", "FP32", [-1, 1])] },
        { "text,raw", [new("text", "BYTES", [-1])], [s_scores] },
        { "text,raw", [new("input_ids", "INT64", [-1, -1]), new("attention_mask", "INT64", [-1, -1])], [s_scores] },
        { "audio,raw", [new("waveform", "FP32", [1, -1])], [s_scores] },
        { "raw", [new("a.0", "FP32", [2]), new("true", "INT32", [2])], [new("sum: all", "FP32", [2])] },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void For_ModelOfAKind_ProposesWhatFitsIt(string ids, TensorInfo[] inputs, TensorInfo[] outputs)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(Path.Combine(folder.FullPath, "vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\nword\n##s\n");
        var inspection = new PackageInspection { Inputs = inputs, Outputs = outputs, Files = [new("m/labels.txt", 1), new("m/vocab.txt", 1)] };

        var templates = ServiceTemplates.For(inspection);

        Assert.Equal(ids, string.Join(',', templates.Select(template => template.Id)));
        var signature = new ModelSignature([.. inputs.Select(PortInfo.ToPort)], [.. outputs.Select(PortInfo.ToPort)]);
        foreach (var template in templates)
        {
            var read = ServiceYaml.Parse(template.Text);
            Assert.True(read.IsSuccess, template.Text);
            Assert.True(InputStages.Create(read.Value, signature, folder.FullPath).Error is null, template.Text);
        }
    }

    [Fact]
    public void For_Ensemble_ProposesNothing() => Assert.Empty(ServiceTemplates.For(new PackageInspection { Inputs = [new("x", "SEQUENCE", [])] }));

    [Fact]
    public void For_Labels_NamesTheFile() => Assert.Contains(
        "labels: labels.csv",
        ServiceTemplates.For(new PackageInspection { Inputs = [new("image", "FP32", [1, 3, 8, 8])], Outputs = [s_scores], Files = [new("labels.csv", 1)] })[0].Text,
        StringComparison.Ordinal);
}
