using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results.Detecting;

/// <summary>Settles which family a detector is of, and what the description leaves open.</summary>
internal sealed class DetectionResolver(DetectionOutput output, ClassNames names, OutputFinder outputs)
{
    private const float DefaultThreshold = 0.25f;
    private const float DefaultIou = 0.45f;
    private const int DefaultMaxDetections = 100;

    public DetectionStage? Resolve()
    {
        IDetectionHead? head = Family() switch
        {
            DetectionHead.Ssd => Ssd(),
            DetectionHead.EndToEnd => EndToEnd(),
            _ => Yolo(),
        };
        if (head is null)
        {
            return null;
        }

        // A detector that gives a class or a number of boxes has chosen among its boxes already.
        var chosen = head is EndToEndHead || (head is SsdHead && head.Outputs.Count > 2);
        var units = output.BoxUnits ?? (head is SsdHead ? BoxUnits.Relative : BoxUnits.Pixels);
        return new DetectionStage(new DetectionOptions(
            head, names, units, output.ScoreThreshold ?? DefaultThreshold, output.NmsIou ?? (chosen ? 1 : DefaultIou), output.MaxDetections ?? DefaultMaxDetections));
    }

    private DetectionHead Family()
    {
        if (output.Head is { } head)
        {
            return head;
        }

        if (output.Boxes is not null || output.Scores is not null || (output.Tensor is null && Named("box") is not null && Named("score") is not null))
        {
            return DetectionHead.Ssd;
        }

        // Rows of six are box, score and class, unless that is what box and classes add up to.
        return Single() is { Shape: [.., EndToEndHead.Features] } && names.Names.Count is not (1 or 2) ? DetectionHead.EndToEnd : DetectionHead.Yolo;
    }

    private YoloHead? Yolo()
    {
        if (Single() is not { } sample)
        {
            return null;
        }

        return YoloLayout.Find(sample.Shape, names.Names.Count, output.Objectness) is null
            ? outputs.Report<YoloHead>("package.output_not_yolo", sample.Name, OutputFinder.Show(sample.Shape), names.Names.Count)
            : new YoloHead(sample.Name, names.Names.Count, output.Objectness, output.BoxFormat ?? BoxFormat.Cxcywh, output.Activation ?? Activation.None);
    }

    private EndToEndHead? EndToEnd()
    {
        if (Single() is not { } sample)
        {
            return null;
        }

        return sample.Shape is [.., EndToEndHead.Features]
            ? new EndToEndHead(sample.Name, output.BoxFormat ?? BoxFormat.Xyxy)
            : outputs.Report<EndToEndHead>("package.output_not_boxes", sample.Name, OutputFinder.Show(sample.Shape), EndToEndHead.Features);
    }

    private Tensor? Single() =>
        outputs.Find(output.Tensor, OutputFinder.IsNumeric, "package.output_not_numbers") is { } port ? outputs.SampleOf(port) as Tensor : null;

    private SsdHead? Ssd()
    {
        var boxes = Sample(output.Boxes ?? Named("box"), "output.boxes");
        var scores = Sample(output.Scores ?? Named("score"), "output.scores");
        var classes = output.Classes ?? Named("class") ?? Named("label");
        var count = output.Count ?? Named("num");
        if (boxes is null || scores is null || (classes is not null && Sample(classes, "output.classes") is null) || (count is not null && Sample(count, "output.count") is null))
        {
            return null;
        }

        if (boxes.Shape is not [.., 4])
        {
            return outputs.Report<SsdHead>("package.output_not_boxes", boxes.Name, OutputFinder.Show(boxes.Shape), 4);
        }

        var rows = boxes.Count / 4;
        if (rows > 0 && (scores.Count % rows != 0 || (classes is not null && scores.Count != rows)))
        {
            return outputs.Report<SsdHead>("package.scores_count", scores.Name, scores.Count, rows);
        }

        if (rows > 0 && classes is null && names.Names.Count > 0 && scores.Count / rows != names.Names.Count)
        {
            return outputs.Report<SsdHead>("package.labels_count", names.Names.Count, scores.Count / rows);
        }

        return new SsdHead(
            new SsdOutputs(boxes.Name, scores.Name, classes, count), output.BoxFormat ?? BoxFormat.Xyxy, output.Activation ?? Activation.None, output.BackgroundClass);
    }

    private string? Named(string part) =>
        outputs.Ports.FirstOrDefault(port => OutputFinder.IsNumeric(port) && port.Name.Contains(part, StringComparison.OrdinalIgnoreCase))?.Name;

    private Tensor? Sample(string? name, string member)
    {
        if (name is null)
        {
            return outputs.Report<Tensor>("package.output_not_named", member, string.Join(", ", outputs.Ports.Select(port => port.Name)));
        }

        return outputs.Find(name, OutputFinder.IsNumeric, "package.output_not_numbers") is { } port ? outputs.SampleOf(port) as Tensor : null;
    }
}
