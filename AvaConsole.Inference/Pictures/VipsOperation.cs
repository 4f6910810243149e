using System.Runtime.InteropServices;

namespace AvaConsole.Inference.Pictures;

/// <summary>One libvips operation: set its properties by name, then run it once.</summary>
internal sealed class VipsOperation : IDisposable
{
    private nint _handle;

    public VipsOperation(string name)
    {
        Vips.Ensure();
        _handle = Vips.vips_operation_new(name);
        if (_handle == 0)
        {
            throw new InvalidOperationException($"libvips has no operation {name}.");
        }
    }

    public VipsOperation Set(string property, int value) => Set(property, Vips.TypeInt, (ref Vips.GValue holder) => Vips.g_value_set_int(ref holder, value));

    public VipsOperation Set(string property, bool value) =>
        Set(property, Vips.TypeBoolean, (ref Vips.GValue holder) => Vips.g_value_set_boolean(ref holder, value ? 1 : 0));

    public VipsOperation Set(string property, VipsImage image) =>
        Set(property, Vips.vips_image_get_type(), (ref Vips.GValue holder) => Vips.g_value_set_object(ref holder, image.Handle));

    public VipsOperation Set(string property, double[] values)
    {
        var array = Vips.vips_array_double_new(ref values[0], values.Length);
        return SetBoxed(property, Vips.vips_array_double_get_type(), array);
    }

    /// <summary>The bytes are copied: the image that comes out may read them later.</summary>
    public VipsOperation Set(string property, ReadOnlySpan<byte> bytes)
    {
        var blob = Vips.vips_blob_copy(ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
        return SetBoxed(property, Vips.vips_blob_get_type(), blob);
    }

    /// <exception cref="VipsException">It failed.</exception>
    public VipsImage Run()
    {
        if (Vips.vips_cache_operation_buildp(ref _handle) != 0)
        {
            throw VipsException.FromLastError();
        }

        var holder = default(Vips.GValue);
        Vips.g_value_init(ref holder, Vips.vips_image_get_type());
        Vips.g_object_get_property(_handle, "out", ref holder);
        var image = Vips.g_value_dup_object(ref holder);
        Vips.g_value_unset(ref holder);
        return new VipsImage(image);
    }

    /// <summary>For an operation that writes a file.</summary>
    /// <exception cref="VipsException">It failed.</exception>
    public byte[] RunToFile()
    {
        if (Vips.vips_cache_operation_buildp(ref _handle) != 0)
        {
            throw VipsException.FromLastError();
        }

        var holder = default(Vips.GValue);
        Vips.g_value_init(ref holder, Vips.vips_blob_get_type());
        Vips.g_object_get_property(_handle, "buffer", ref holder);
        var file = Vips.vips_blob_get(Vips.g_value_get_boxed(ref holder), out var length);
        var bytes = new byte[checked((int)length)];
        Marshal.Copy(file, bytes, 0, bytes.Length);
        Vips.g_value_unset(ref holder);
        return bytes;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0)
        {
            Vips.vips_object_unref_outputs(handle);
            Vips.g_object_unref(handle);
        }
    }

    private delegate void Assign(ref Vips.GValue holder);

    private VipsOperation SetBoxed(string property, nuint type, nint area)
    {
        try
        {
            return Set(property, type, (ref Vips.GValue holder) => Vips.g_value_set_boxed(ref holder, area));
        }
        finally
        {
            Vips.vips_area_unref(area);
        }
    }

    private VipsOperation Set(string property, nuint type, Assign assign)
    {
        var holder = default(Vips.GValue);
        Vips.g_value_init(ref holder, type);
        assign(ref holder);
        Vips.g_object_set_property(_handle, property, ref holder);
        Vips.g_value_unset(ref holder);
        return this;
    }
}
