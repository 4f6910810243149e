using AvaConsole.Core.Releases;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Packages;

/// <summary>A <c>service.yaml</c> to start from.</summary>
/// <param name="Id"><c>classification</c>, <c>detection</c>, <c>segmentation</c>, <c>embedding</c>, <c>tabular</c>, <c>text</c>, <c>audio</c> or <c>raw</c>.</param>
public sealed record ServiceTemplate(string Id, string Text);

/// <summary>Proposes what a package's <c>service.yaml</c> could say, from what its model takes and gives. Each fits the model as it is.</summary>
public static class ServiceTemplates
{
    private const int UsualSide = 224;
    private const int UsualTokens = 128;

    private static readonly string[] s_vocabularies = ["vocab.txt", "vocabulary.txt", "tokens.txt"];
    private static readonly string[] s_sounds = ["audio", "wav", "wave", "waveform", "samples", "sound", "speech", "pcm"];

    /// <returns>The likeliest first; none for an ensemble, whose graph only its author knows.</returns>
    public static IReadOnlyList<ServiceTemplate> For(PackageInspection inspection)
    {
        var ports = inspection.Inputs.Select(PortInfo.ToPort).ToList();
        if (ports.Count == 0 || ports.Exists(port => port.Kind != PortKind.Tensor))
        {
            return [];
        }

        var files = inspection.Files.Select(file => file.Path[(file.Path.LastIndexOf('/') + 1)..]).ToHashSet(StringComparer.Ordinal);
        return [.. (ports is [var only] ? OfOne(only, inspection, files) : []), .. OfTokens(ports, inspection, files), Raw(inspection)];
    }

    private static IEnumerable<ServiceTemplate> OfOne(ModelPort port, PackageInspection inspection, HashSet<string> files) => port switch
    {
        _ when PictureInputResolver.IsLikely(port) => OfPicture(port, inspection, files),
        { Type: TensorType.Bytes } => [new("text", Write(KindFor(inspection), "input: {kind: text, tokenizer: none}", Labels(files, inspection)))],
        { Shape: [_] or [_, _] or [_, 1, _] } when s_sounds.Any(word => port.Name.Contains(word, StringComparison.OrdinalIgnoreCase)) =>
            [new("audio", Write(KindFor(inspection), "input: {kind: audio, rate: 16000}", Labels(files, inspection)))],
        { Shape: [_, > 0 and <= 64 and var columns] } => [new("tabular", OfRows((int)columns, inspection, files))],
        _ => [],
    };

    private static IEnumerable<ServiceTemplate> OfPicture(ModelPort port, PackageInspection inspection, HashSet<string> files)
    {
        var isLast = port.Shape[3] is 1 or 3 && port.Shape[1] is not (1 or 3);
        var (height, width, channels) = isLast ? (port.Shape[1], port.Shape[2], port.Shape[3]) : (port.Shape[2], port.Shape[3], port.Shape[1]);
        var size = $"  width: {(width > 0 ? width : UsualSide)}\n" + (height > 0 && height != width ? $"  height: {height}\n" : "");
        var input = $"input:\n  kind: picture\n{size}  color: {(channels == 1 ? "grey" : "rgb")}\n  layout: {(isLast ? "nhwc" : "nchw")}\n";
        var labels = Labels(files, inspection);
        var classification = new ServiceTemplate("classification", Write("classification", input + "  resize: stretch\n  scale: 0.003921569", "output:\n  top_k: 5", labels));
        var detection = new ServiceTemplate("detection", Write("detection", input + "  resize: contain\n  padding: 114\n  scale: 0.003921569", "output:\n  score_threshold: 0.25\n  nms_iou: 0.45", labels));
        var segmentation = new ServiceTemplate("segmentation", Write("segmentation", input + "  resize: contain\n  scale: 0.003921569", "output:\n  form: png", labels));
        var embedding = new ServiceTemplate("embedding", Write("embedding", input + "  resize: cover\n  scale: 0.003921569", "output:\n  normalize: true"));

        // Scores are rows of numbers; boxes are rows of rows, or several outputs; masks are as large as pictures.
        return inspection.Outputs switch
        {
            [{ Shape.Count: 4 }] => [segmentation, detection],
            [{ Shape.Count: <= 2 }] => [classification, embedding],
            _ => [detection, segmentation],
        };
    }

    private static string OfRows(int columns, PackageInspection inspection, HashSet<string> files)
    {
        var names = Enumerable.Range(1, columns).Select(column => $"\n    - column_{column}");
        return Write(KindFor(inspection), "input:\n  kind: tabular\n  columns:" + string.Concat(names), Labels(files, inspection));
    }

    /// <summary>Whole numbers beside a vocabulary are the numbers of tokens.</summary>
    private static IEnumerable<ServiceTemplate> OfTokens(List<ModelPort> ports, PackageInspection inspection, HashSet<string> files)
    {
        var tokens = ports.Find(port => port.Name == "input_ids") ?? (ports is [{ Type: TensorType.Int32 or TensorType.Int64, Shape: [_, _] } only] ? only : null);
        if (tokens is null || Array.Find(s_vocabularies, files.Contains) is not { } vocabulary)
        {
            yield break;
        }

        var mask = ports.Exists(port => port.Name == "attention_mask") ? "\n  mask_tensor: attention_mask" : "";
        var types = ports.Exists(port => port.Name == "token_type_ids") ? "\n  types_tensor: token_type_ids" : "";
        var length = tokens.Shape is [_, > 0 and var fixedLength] ? fixedLength : UsualTokens;
        yield return new("text", Write(
            KindFor(inspection), $"input:\n  kind: text\n  tensor: {Quote(tokens.Name)}\n  vocabulary: {vocabulary}\n  length: {length}\n  lowercase: true{mask}{types}", Labels(files, inspection)));
    }

    private static ServiceTemplate Raw(PackageInspection inspection) => new("raw", Write(
        "raw",
        "inputs:" + string.Concat(inspection.Inputs.Select(input => $"\n  - kind: tensor\n    tensor: {Quote(input.Name)}")),
        "output:\n  tensors: [" + string.Join(", ", inspection.Outputs.Select(output => Quote(output.Name))) + "]"));

    // One row of scores, of more numbers than one, is what a classification gives; anything else may be what it likes.
    private static string KindFor(PackageInspection inspection) => inspection.Outputs switch
    {
        [{ Shape: [_, > 1], DataType: "FP32" or "FP64" or "FP16" }] => "classification",
        [{ Shape: [_] or [_, 1], DataType: "FP32" or "FP64" or "FP16" }] => "regression",
        _ => "raw",
    };

    private static string? Labels(HashSet<string> files, PackageInspection inspection) =>
        KindFor(inspection) != "raw" && LabelFile.Names.FirstOrDefault(files.Contains) is { } name ? $"labels: {name}" : null;

    private static string Write(string pipeline, params string?[] parts) =>
        string.Join('\n', parts.Where(part => part is not null).Prepend($"pipeline: {pipeline}")) + "\n";

    /// <summary>Names of tensors may hold anything.</summary>
    private static string Quote(string name) => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_') && name.Any(char.IsAsciiLetter) && name is not ("true" or "false" or "null")
        ? name
        : "\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
