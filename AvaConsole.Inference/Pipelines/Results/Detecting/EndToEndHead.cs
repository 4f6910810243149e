using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results.Detecting;

/// <summary>A detector that has chosen among its boxes itself: [N, K, 6], each row a box, its score and its class. Empty rows have a score of 0.</summary>
internal sealed class EndToEndHead(string output, BoxFormat format) : IDetectionHead
{
    public const int Features = 6;

    public IReadOnlyList<string> Outputs { get; } = [output];

    public List<Detection>? Read(IReadOnlyList<ModelValue> outputs, float threshold)
    {
        if (outputs[0] is not Tensor { Type: not TensorType.Bytes, Shape: [.., Features] } tensor)
        {
            return null;
        }

        var values = TensorValues.Floats(tensor);
        var found = new List<Detection>();
        for (var start = 0; start < values.Length; start += Features)
        {
            var row = values.Slice(start, Features);
            var box = Box.From(format, row[0], row[1], row[2], row[3]);
            if (row[4] >= threshold && row[5] >= 0 && box.HasArea)
            {
                found.Add(new Detection((int)row[5], row[4], box));
            }
        }

        return found;
    }
}
