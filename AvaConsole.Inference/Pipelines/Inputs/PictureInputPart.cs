using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>A picture file to one row of pixels.</summary>
internal sealed class PictureInputPart(PictureInput description, ModelPort port, PictureFormat format, PictureLayout layout, PixelWriter writer) : IInputPart
{
    public string Entry => PayloadEntry.NameOf(description, port.Name);

    // Where the model and its description leave the size to each picture.
    private const int SampleSide = 64;

    public string TensorName => port.Name;

    public int Channels => writer.Channels;

    public bool IsPlanar => layout == PictureLayout.Nchw;

    public Error? Prepare(InferenceRequest request, InputBuilder builder)
    {
        var entry = PayloadEntry.Find(request, description, port.Name);
        if (!entry.IsSuccess)
        {
            return entry.Error;
        }

        var read = PictureDecoder.Read(entry.Value.Key, entry.Value.Value.Span, format);
        if (!read.IsSuccess)
        {
            return read.Error;
        }

        using var picture = read.Value;
        var placement = picture.Placement;
        writer.Write(picture.Pixels, builder.Add(port.Name, port.Type, ShapeOf(placement.TargetWidth, placement.TargetHeight)));
        builder.AddGeometry(PictureGeometry.Of(placement));
        return null;
    }

    /// <summary>Rows of one tensor need one size.</summary>
    public bool TakesRegions => !format.IsAnySize && format.Fit != PictureFit.None;

    /// <summary>Parts of a picture, each a row of one tensor.</summary>
    /// <param name="regions">At least one.</param>
    /// <returns>For each where it lies in the whole picture; errors as of <see cref="Prepare"/>.</returns>
    public Result<IReadOnlyList<PictureGeometry>> PrepareRegions(InferenceRequest request, IReadOnlyList<PictureRegion> regions, InputBuilder builder)
    {
        var entry = PayloadEntry.Find(request, description, port.Name);
        if (!entry.IsSuccess)
        {
            return entry.Error;
        }

        var whole = PictureDecoder.Read(entry.Value.Key, entry.Value.Value.Span, new PictureFormat(0, 0, PictureColor.Rgb, PictureFit.None) { Background = format.Background });
        if (!whole.IsSuccess)
        {
            return whole.Error;
        }

        using var picture = whole.Value;
        var shape = ShapeOf(format.Width, format.Height);
        var rows = builder.Add(port.Name, port.Type, [regions.Count, .. shape[1..]]);
        var geometries = new PictureGeometry[regions.Count];
        for (var row = 0; row < geometries.Length; row++)
        {
            var cut = PictureDecoder.Cut(entry.Value.Key, picture, regions[row], format);
            if (!cut.IsSuccess)
            {
                return cut.Error;
            }

            using var part = cut.Value;
            writer.Write(part.Pixels, rows.Slice(row * (rows.Length / geometries.Length), rows.Length / geometries.Length));
            geometries[row] = PictureGeometry.Of(part.Placement).Within(regions[row], picture.Placement.TargetWidth, picture.Placement.TargetHeight);
        }

        return geometries;
    }

    public void MakeSample(int seed, InputBuilder builder)
    {
        var (width, height) = format.IsAnySize ? (SampleSide, SampleSide) : (format.Width, format.Height);
        var pixels = new byte[width * height * format.Channels];
        for (var index = 0; index < pixels.Length; index++)
        {
            // Gradients of another steepness for each seed.
            pixels[index] = (byte)((index * ((seed * 6) + 1)) % 256);
        }

        writer.Write(pixels, builder.Add(port.Name, port.Type, ShapeOf(width, height)));
    }

    /// <summary>The first row of a tensor of this part, as a PNG file.</summary>
    public byte[] Render(Tensor tensor)
    {
        var (height, width) = IsPlanar ? ((int)tensor.Shape[2], (int)tensor.Shape[3]) : ((int)tensor.Shape[1], (int)tensor.Shape[2]);
        var pixels = new byte[width * height * Channels];
        writer.Read(tensor.Data.Span[..(pixels.Length * TensorTypes.SizeOf(port.Type))], pixels);
        using var image = VipsImage.FromBytes(pixels, width, height, Channels);
        return image.ToPng();
    }

    private long[] ShapeOf(int width, int height) => layout == PictureLayout.Nchw ? [1, format.Channels, height, width] : [1, height, width, format.Channels];
}
