using System.Globalization;
using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>What a request becomes before the model sees it, to look at while <c>service.yaml</c> is being written.</summary>
/// <param name="Channels">Of a picture each channel, of rows each column (the first 64), else all elements together; empty for texts.</param>
/// <param name="First">The first elements, at most 32, as text.</param>
/// <param name="Picture">Of a picture: what is in the tensor, with scaling undone, as a PNG file; else null.</param>
public sealed record TensorPreview(
    string Name, TensorType Type, IReadOnlyList<long> Shape, IReadOnlyList<ChannelPreview> Channels, IReadOnlyList<string> First, byte[]? Picture)
{
    private const int MaxFirst = 32;
    private const int MaxText = 200;

    /// <param name="serviceYaml">The file's text; empty for none.</param>
    /// <param name="signature">The model's inputs and outputs.</param>
    /// <param name="folder">Where the model lies: vocabularies lie beside it.</param>
    /// <returns>One for each tensor; else what is wrong with the file (<c>package.*</c>) or the payload (<c>picture.*</c>, <c>payload.*</c>).</returns>
    public static Result<IReadOnlyList<TensorPreview>> Create(string serviceYaml, ModelSignature signature, string folder, InferenceRequest request)
    {
        var description = string.IsNullOrWhiteSpace(serviceYaml) ? new ServiceDescription() : ServiceYaml.Parse(serviceYaml);
        return description.IsSuccess ? Create(description.Value, signature, folder, request) : description.Error;
    }

    /// <inheritdoc cref="Create(string, ModelSignature, string, InferenceRequest)"/>
    public static Result<IReadOnlyList<TensorPreview>> Create(ServiceDescription description, ModelSignature signature, string folder, InferenceRequest request)
    {
        var stage = InputStages.Create(description, signature, folder);
        if (!stage.IsSuccess)
        {
            return stage.Error;
        }

        var prepared = stage.Value.Prepare(request);
        if (!prepared.IsSuccess)
        {
            return prepared.Error;
        }

        using var input = prepared.Value;
        return input.Tensors.Select(tensor => Of(tensor, (stage.Value as InputStage)?.FindPicture(tensor.Name))).ToList();
    }

    private static TensorPreview Of(Tensor tensor, PictureInputPart? picture)
    {
        if (tensor.Type == TensorType.Bytes)
        {
            return new(tensor.Name, tensor.Type, tensor.Shape, [], tensor.Texts.Take(MaxFirst).Select(Show).ToList(), null);
        }

        var first = Enumerable.Range(0, (int)Math.Min(MaxFirst, tensor.Count)).Select(index => Show(tensor, index)).ToList();
        return new(tensor.Name, tensor.Type, tensor.Shape, ChannelPreview.Of(tensor, picture), first, picture?.Render(tensor));
    }

    private static string Show(Tensor tensor, int index) => tensor.Type switch
    {
        TensorType.Int64 => BitConverter.ToInt64(tensor.Data.Span[(index * 8)..]).ToString(CultureInfo.InvariantCulture),
        TensorType.UInt64 => BitConverter.ToUInt64(tensor.Data.Span[(index * 8)..]).ToString(CultureInfo.InvariantCulture),
        _ => TensorNumbers.At(tensor.Type, tensor.Data.Span, index).ToString("G7", CultureInfo.InvariantCulture),
    };

    private static string Show(ReadOnlyMemory<byte> text)
    {
        var shown = Encoding.UTF8.GetString(text.Span[..Math.Min(text.Length, MaxText * 4)]);
        return shown.Length <= MaxText ? shown : shown[..MaxText] + "…";
    }
}

/// <summary>Numbers of one channel, of one column, or of a whole tensor.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Min">Smallest number; NaN where there is none.</param>
/// <param name="Max">Largest number; NaN where there is none.</param>
/// <param name="Mean">NaN where there is none.</param>
/// <param name="Std">Standard deviation of all of them; NaN where there is none.</param>
/// <param name="NotNumbers">Elements that are NaN or infinite; they count in none of the others.</param>
public sealed record ChannelPreview(int Index, double Min, double Max, double Mean, double Std, long NotNumbers)
{
    private const int MaxChannels = 64;

    internal static IReadOnlyList<ChannelPreview> Of(Tensor tensor, PictureInputPart? picture)
    {
        // The elements of a channel are every step-th from a start on, in runs of a length.
        var total = (int)tensor.Count;
        var columns = picture is null && tensor.Shape is [_, > 1 and <= MaxChannels] ? (int)tensor.Shape[1] : 1;
        var channels = picture?.Channels ?? columns;
        var planar = picture is { IsPlanar: true };
        var previews = new List<ChannelPreview>();
        for (var channel = 0; channel < channels; channel++)
        {
            var (start, step, count) = planar ? (channel * (total / channels), 1, total / channels) : (channel, channels, total / channels);
            previews.Add(Of(tensor, channel, start, step, count));
        }

        return previews;
    }

    private static ChannelPreview Of(Tensor tensor, int index, int start, int step, int count)
    {
        var (min, max, mean, squares, numbers) = (double.PositiveInfinity, double.NegativeInfinity, 0.0, 0.0, 0L);
        for (int element = 0, place = start; element < count; element++, place += step)
        {
            var value = TensorNumbers.At(tensor.Type, tensor.Data.Span, place);
            if (!double.IsFinite(value))
            {
                continue;
            }

            (min, max) = (Math.Min(min, value), Math.Max(max, value));

            // Welford's: sums of squares lose all digits where the numbers are large and close together.
            var distance = value - mean;
            mean += distance / ++numbers;
            squares += distance * (value - mean);
        }

        return numbers > 0
            ? new(index, min, max, mean, Math.Sqrt(squares / numbers), count - numbers)
            : new(index, double.NaN, double.NaN, double.NaN, double.NaN, count);
    }
}
