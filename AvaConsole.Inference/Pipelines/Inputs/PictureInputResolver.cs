using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Settles how pictures become an input from what the package says and, where it says nothing, from the input's own shape.</summary>
internal sealed class PictureInputResolver(PictureInput description, ModelPort port, InputProblems problems)
{
    private const int Colors = 3;

    /// <summary>True for a batch of pictures in numbers.</summary>
    public static bool IsLikely(ModelPort port) => TakesPixels(port.Type) && port is
    { Kind: PortKind.Tensor, Shape: [-1 or 1, 1 or Colors, _, _] or [-1 or 1, _, _, 1 or Colors] };

    /// <returns>Null where something does not fit, which is reported.</returns>
    public IInputPart? Resolve()
    {
        var before = problems.All.Count;
        if (port.Kind != PortKind.Tensor || !TakesPixels(port.Type) || port.Shape.Count != 4)
        {
            problems.Report("package.input_not_picture", port.Name, TensorTypes.NameOf(port.Type), InputProblems.Show(port.Shape));
            return null;
        }

        if (port.Shape[0] is not (-1 or 1))
        {
            problems.Report("package.batch_of_several", port.Name, port.Shape[0]);
            return null;
        }

        if (FindLayout() is not { } layout)
        {
            problems.Report("package.input_layout_unknown", port.Name, InputProblems.Show(port.Shape));
            return null;
        }

        var format = FindFormat(layout);
        var mean = ForChannels("input.mean", description.Mean, 0, format.Channels);
        var std = ForChannels("input.std", description.Std, 1, format.Channels);
        return problems.All.Count == before
            ? new PictureInputPart(description, port, format, layout, new PixelWriter(port.Type, layout == PictureLayout.Nchw, format.Color, mean, std, description.Scale ?? 1))
            : null;
    }

    private PictureLayout? FindLayout() => description.Layout ?? port.Shape switch
    {
        [_, 1 or Colors, _, _] => PictureLayout.Nchw,
        [_, _, _, 1 or Colors] => PictureLayout.Nhwc,
        _ => null,
    };

    private PictureFormat FindFormat(PictureLayout layout)
    {
        var (channels, height, width) = layout == PictureLayout.Nchw
            ? (port.Shape[1], port.Shape[2], port.Shape[3])
            : (port.Shape[3], port.Shape[1], port.Shape[2]);
        var resolvedWidth = Side("input.width", description.Width, width);
        var resolvedHeight = Side("input.height", description.Height ?? (height > 0 ? null : resolvedWidth), height);
        var format = new PictureFormat(
            resolvedWidth ?? 0, resolvedHeight ?? 0, description.Color ?? (channels == 1 ? PictureColor.Grey : PictureColor.Rgb), description.Resize ?? PictureFit.Stretch)
        {
            Background = description.Background ?? Rgb.White,
            Padding = description.Padding,
            ShortSide = description.ShortSide,
            MinSide = description.MinSide ?? PictureDecoder.MinSide,
            MaxSide = description.MaxSide ?? PictureDecoder.MaxSide,
        };
        if (channels > 0 && channels != format.Channels)
        {
            problems.Report("package.input_channels", port.Name, channels, format.Channels);
        }

        if (format.ShortSide < Math.Max(format.Width, format.Height))
        {
            problems.Report("package.short_side", format.ShortSide, Math.Max(format.Width, format.Height));
        }

        return format;
    }

    private int? Side(string field, int? given, long ofModel)
    {
        if (ofModel > 0 && given is not null && given != ofModel)
        {
            problems.Report("package.input_size_differs", field, given, ofModel);
        }
        else if (ofModel <= 0 && given is null && description.Resize != PictureFit.None && field == "input.width")
        {
            problems.Report("package.input_size_unknown", port.Name, InputProblems.Show(port.Shape));
        }

        return ofModel > 0 ? (int)ofModel : given;
    }

    private IReadOnlyList<float> ForChannels(string field, IReadOnlyList<float>? given, float otherwise, int channels)
    {
        if (given is { Count: var count } && count != 1 && count != channels)
        {
            problems.Report("package.channel_values", field, count, channels);
        }

        return given?.Count == channels ? given : Enumerable.Repeat(given is [var one] ? one : otherwise, channels).ToArray();
    }

    private static bool TakesPixels(TensorType type) => type is not (TensorType.Bytes or TensorType.Bool);
}
