using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines;

/// <summary>Settles a classification from what the package says and, where it says nothing, from the model's own shapes.</summary>
internal sealed class ClassificationResolver(ModelSignature model, ServiceDescription description, IReadOnlyList<string> labels)
{
    private const int DefaultTopK = 5;
    private const int Channels = 3;

    private readonly List<Problem> _problems = [];
    private readonly PictureInput _picture = description.Inputs.OfType<PictureInput>().FirstOrDefault() ?? new() { Tensor = description.Inputs is [var any, ..] ? any.Tensor : null };
    private readonly ClassificationOutput _output = description.Output as ClassificationOutput ?? new();

    /// <summary>True where the model takes one picture and gives numbers, so that classification can be tried without being asked for.</summary>
    public static bool IsLikely(ModelSignature model) =>
        model.Inputs is [{ Kind: PortKind.Tensor, Shape: [-1 or 1, 1 or 3, _, _] or [-1 or 1, _, _, 1 or 3] } input]
        && TakesPixels(input.Type)
        && model.Outputs.Any(IsScores);

    public Result<ClassificationSettings> Resolve()
    {
        var input = FindInput();
        var output = FindOutput();
        if (input is null || output is null)
        {
            return new InvalidError(_problems);
        }

        var planar = IsPlanar(input);
        var picture = planar is { } known ? ResolvePicture(input, known) : null;
        if (picture is null)
        {
            return new InvalidError(_problems);
        }

        var settings = new ClassificationSettings
        {
            InputName = input.Name,
            InputType = input.Type,
            Planar = planar!.Value,
            Picture = picture,
            Mean = ForChannels("input.mean", _picture.Mean, 0, picture.Channels),
            Std = ForChannels("input.std", _picture.Std, 1, picture.Channels),
            Scale = _picture.Scale ?? 1,
            OutputName = output.Name,
            Softmax = _output.Activation == Activation.Softmax,
            TopK = _output.TopK ?? DefaultTopK,
            Labels = labels,
        };
        return _problems.Count == 0 ? settings : new InvalidError(_problems);
    }

    private ModelPort? FindInput()
    {
        if (model.Inputs.Count != 1)
        {
            Report("package.several_inputs", string.Join(", ", model.Inputs.Select(port => port.Name)));
            return null;
        }

        var input = model.Inputs[0];
        if (_picture.Tensor is { } name && name != input.Name)
        {
            Report("package.tensor_unknown", name, input.Name);
            return null;
        }

        if (input.Kind != PortKind.Tensor || !TakesPixels(input.Type) || input.Shape.Count != 4)
        {
            Report("package.input_not_picture", input.Name, input.ToInfo().DataType, ShowShape(input.Shape));
            return null;
        }

        if (input.Shape[0] is not (-1 or 1))
        {
            Report("package.batch_of_several", input.Name, input.Shape[0]);
            return null;
        }

        return input;
    }

    private ModelPort? FindOutput()
    {
        if (_output.Tensor is { } name)
        {
            var named = model.Outputs.FirstOrDefault(port => port.Name == name);
            if (named is null)
            {
                Report("package.tensor_unknown", name, string.Join(", ", model.Outputs.Select(port => port.Name)));
                return null;
            }

            if (!IsScores(named))
            {
                Report("package.output_not_scores", named.Name, named.ToInfo().DataType);
                return null;
            }

            return named;
        }

        // Where the model gives several, the one as wide as there are labels holds the scores.
        var scores = model.Outputs.Where(IsScores).ToList();
        var found = scores.FirstOrDefault(port => Width(port) == labels.Count) ?? scores.FirstOrDefault();
        if (found is null)
        {
            Report("package.output_not_scores", model.Outputs[0].Name, model.Outputs[0].ToInfo().DataType);
        }

        return found;
    }

    private bool? IsPlanar(ModelPort input)
    {
        if (_picture.Layout is { } layout)
        {
            return layout == PictureLayout.Nchw;
        }

        switch (input.Shape)
        {
            case [_, 1 or Channels, _, _]:
                return true;
            case [_, _, _, 1 or Channels]:
                return false;
            default:
                Report("package.input_layout_unknown", input.Name, ShowShape(input.Shape));
                return null;
        }
    }

    private PictureFormat? ResolvePicture(ModelPort input, bool planar)
    {
        var (channels, height, width) = planar
            ? (input.Shape[1], input.Shape[2], input.Shape[3])
            : (input.Shape[3], input.Shape[1], input.Shape[2]);
        var color = _picture.Color ?? (channels == 1 ? PictureColor.Grey : PictureColor.Rgb);
        var fit = _picture.Resize ?? PictureFit.Stretch;
        var resolvedWidth = Side(input, "input.width", _picture.Width, width, null);
        var resolvedHeight = Side(input, "input.height", _picture.Height, height, resolvedWidth);
        var format = new PictureFormat(resolvedWidth ?? 0, resolvedHeight ?? 0, color, fit) { Background = _picture.Background ?? Rgb.White };
        if (channels > 0 && channels != format.Channels)
        {
            Report("package.input_channels", input.Name, channels, format.Channels);
        }

        return _problems.Count == 0 ? format : null;
    }

    private int? Side(ModelPort input, string field, int? given, long ofModel, int? otherwise)
    {
        if (ofModel > 0 && given is not null && given != ofModel)
        {
            Report("package.input_size_differs", field, given, ofModel);
            return null;
        }

        var side = ofModel > 0 ? (int)ofModel : given ?? otherwise;
        if (side is null && _problems.Count == 0)
        {
            Report("package.input_size_unknown", input.Name, ShowShape(input.Shape));
        }

        return side;
    }

    private IReadOnlyList<float> ForChannels(string field, IReadOnlyList<float>? given, float otherwise, int channels)
    {
        if (given is { Count: var count } && count != 1 && count != channels)
        {
            Report("package.channel_values", field, count, channels);
        }

        return given?.Count == channels ? given : Enumerable.Repeat(given is [var one] ? one : otherwise, channels).ToArray();
    }

    private void Report(string code, params object?[] args) => _problems.Add(new Problem(PackageContent.ModelFileName, code, args));

    private static bool TakesPixels(TensorType type) =>
        type is TensorType.Fp32 or TensorType.Fp16 or TensorType.UInt8;

    private static bool IsScores(ModelPort port) => port is { Kind: PortKind.Tensor, Shape.Count: > 0, Type: TensorType.Fp16 or TensorType.Fp32 or TensorType.Fp64 };

    private static long Width(ModelPort port) => port.Shape.Skip(1).Aggregate(1L, (product, length) => product * length);

    private static string ShowShape(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape.Select(length => length < 0 ? "?" : $"{length}"))}]";
}
