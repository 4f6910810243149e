using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Settles how sounds become an input.</summary>
internal sealed class AudioInputResolver(AudioInput description, ModelPort port, InputProblems problems)
{
    /// <returns>Null where something does not fit, which is reported.</returns>
    public IInputPart? Resolve()
    {
        var before = problems.All.Count;
        var all = description.Channels == AudioChannels.All;
        var fits = port is { Kind: PortKind.Tensor, Type: not (TensorType.Bytes or TensorType.Bool) }
            && (all ? port.Shape is [-1 or 1, _, _] : port.Shape is [_] or [-1 or 1, _] or [-1 or 1, -1 or 1, _]);
        if (!fits)
        {
            problems.Report("package.input_not_audio", port.Name, InputProblems.Show(port));
            return null;
        }

        var ofModel = port.Shape[^1] > 0 ? (int?)port.Shape[^1] : null;
        if (ofModel is not null && description.Length is not null && ofModel != description.Length)
        {
            problems.Report("package.input_size_differs", "input.length", description.Length, ofModel);
        }

        return problems.All.Count == before
            ? new AudioInputPart(description, port, description.Length ?? ofModel, description.Scale ?? (float)Elements.Largest(port.Type))
            : null;
    }
}
