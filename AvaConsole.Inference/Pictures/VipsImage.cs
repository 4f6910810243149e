namespace AvaConsole.Inference.Pictures;

/// <summary>A reference to a libvips image; disposing gives it back.</summary>
internal sealed class VipsImage : IDisposable
{
    /// <summary>VipsInterpretation: one band of brightness.</summary>
    public const int Grey = 1;

    /// <summary>VipsInterpretation: sRGB.</summary>
    public const int Rgb = 22;

    private nint _handle;

    public VipsImage(nint handle) => _handle = handle;

    public nint Handle => _handle;

    public int Width => Vips.vips_image_get_width(_handle);

    public int Height => Vips.vips_image_get_height(_handle);

    public int Bands => Vips.vips_image_get_bands(_handle);

    /// <summary>VipsBandFormat.</summary>
    public int Format => Vips.vips_image_get_format(_handle);

    /// <summary>VipsInterpretation.</summary>
    public int Interpretation => Vips.vips_image_get_interpretation(_handle);

    /// <summary>As EXIF counts: 1 is upright.</summary>
    public int Orientation => Vips.vips_image_get_orientation(_handle);

    public bool HasAlpha => Vips.vips_image_hasalpha(_handle) != 0;

    /// <summary>An image of one (grey) or three (RGB) bytes for each pixel, which are copied.</summary>
    public static VipsImage FromBytes(byte[] pixels, int width, int height, int bands = 3)
    {
        Vips.Ensure();
        var handle = Vips.vips_image_new_from_memory_copy(ref pixels[0], (nuint)pixels.Length, width, height, bands, 0);
        using var unnamed = new VipsImage(handle != 0 ? handle : throw VipsException.FromLastError());

        // Raw memory says nothing about its colours.
        using var operation = new VipsOperation("copy").Set("in", unnamed).Set("interpretation", bands == 1 ? Grey : Rgb);
        return operation.Run();
    }

    /// <summary>Computes the pixels: this is where a picture is really decoded.</summary>
    /// <exception cref="VipsException">It does not decode to its end.</exception>
    public NativePixels ToPixels()
    {
        var memory = Vips.vips_image_write_to_memory(_handle, out var length);
        return memory == 0 ? throw VipsException.FromLastError() : new NativePixels(memory, checked((int)length));
    }

    public byte[] ToPng()
    {
        using var operation = new VipsOperation("pngsave_buffer").Set("in", this);
        return operation.RunToFile();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0)
        {
            Vips.g_object_unref(handle);
        }
    }
}

/// <summary>An operation of libvips failed. What it says about that is kept for nobody: it is shared by all threads and may be another's.</summary>
internal sealed class VipsException : Exception
{
    private VipsException()
        : base("libvips refused the picture.")
    {
    }

    public static VipsException FromLastError()
    {
        Vips.vips_error_clear();
        return new VipsException();
    }
}
