using System.Runtime.InteropServices;

namespace AvaConsole.Inference.Pictures;

/// <summary>
/// The few functions of libvips and GObject that picture decoding needs. Operations are built by name with their properties, so that
/// no function with a variable argument list is called.
/// </summary>
internal static partial class Vips
{
    private const string Library = OnnxRuntime.NativeLibraries.Vips;

    // Fundamental GObject types: number << 2 (gtype.h).
    public const nuint TypeBoolean = 5 << 2;
    public const nuint TypeInt = 6 << 2;

    private static readonly Lazy<bool> s_started = new(Start);

    /// <summary>Starts libvips on the first call.</summary>
    /// <exception cref="InvalidOperationException">It does not start; its native file is damaged or of another version.</exception>
    public static void Ensure() => _ = s_started.Value;

    private static unsafe bool Start()
    {
        OnnxRuntime.NativeLibraries.UseVips();

        // libvips warns on stderr about every odd picture that somebody sends; the caller hears about those that do not decode.
        const int allLevels = -1 & ~0b11;
        g_log_set_handler("VIPS", allLevels, &Ignore, 0);
        g_log_set_handler("GLib-GObject", allLevels, &Ignore, 0);
        if (vips_init("AvaConsole") != 0)
        {
            throw new InvalidOperationException("libvips does not start.");
        }

        // Requests are the parallelism here; a pool for each picture only adds latency. Pictures do not come twice: no cache.
        vips_concurrency_set(1);
        vips_cache_set_max(0);
        vips_block_untrusted_set(1);
        return true;
    }

    [UnmanagedCallersOnly]
    private static void Ignore(nint domain, int level, nint message, nint data)
    {
        // Called by native code only.
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct GValue
    {
        public nuint Type;
        public ulong Data0;
        public ulong Data1;
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_init(string name);

    [LibraryImport(Library)]
    public static partial void vips_concurrency_set(int threads);

    [LibraryImport(Library)]
    public static partial void vips_cache_set_max(int operations);

    [LibraryImport(Library)]
    public static partial void vips_block_untrusted_set(int blocked);

    [LibraryImport(Library)]
    public static partial void vips_error_clear();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint vips_operation_new(string name);

    [LibraryImport(Library)]
    public static partial int vips_cache_operation_buildp(ref nint operation);

    [LibraryImport(Library)]
    public static partial void vips_object_unref_outputs(nint operation);

    [LibraryImport(Library)]
    public static partial nint vips_blob_copy(ref byte data, nuint length);

    [LibraryImport(Library)]
    public static partial nuint vips_blob_get_type();

    [LibraryImport(Library)]
    public static partial nuint vips_array_double_get_type();

    [LibraryImport(Library)]
    public static partial nint vips_array_double_new(ref double values, int count);

    [LibraryImport(Library)]
    public static partial void vips_area_unref(nint area);

    [LibraryImport(Library)]
    public static partial nuint vips_image_get_type();

    [LibraryImport(Library)]
    public static partial int vips_image_get_width(nint image);

    [LibraryImport(Library)]
    public static partial int vips_image_get_height(nint image);

    [LibraryImport(Library)]
    public static partial int vips_image_get_bands(nint image);

    [LibraryImport(Library)]
    public static partial int vips_image_get_format(nint image);

    [LibraryImport(Library)]
    public static partial int vips_image_get_interpretation(nint image);

    [LibraryImport(Library)]
    public static partial int vips_image_get_orientation(nint image);

    [LibraryImport(Library)]
    public static partial int vips_image_hasalpha(nint image);

    [LibraryImport(Library)]
    public static partial nint vips_image_new_from_memory_copy(ref byte data, nuint length, int width, int height, int bands, int format);

    [LibraryImport(Library)]
    public static partial nint vips_image_write_to_memory(nint image, out nuint length);

    [LibraryImport(Library)]
    public static partial void g_value_init(ref GValue value, nuint type);

    [LibraryImport(Library)]
    public static partial void g_value_unset(ref GValue value);

    [LibraryImport(Library)]
    public static partial void g_value_set_int(ref GValue value, int number);

    [LibraryImport(Library)]
    public static partial void g_value_set_boolean(ref GValue value, int flag);

    [LibraryImport(Library)]
    public static partial void g_value_set_object(ref GValue value, nint instance);

    [LibraryImport(Library)]
    public static partial void g_value_set_boxed(ref GValue value, nint boxed);

    [LibraryImport(Library)]
    public static partial nint g_value_dup_object(ref GValue value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_set_property(nint instance, string name, ref GValue value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_get_property(nint instance, string name, ref GValue value);

    [LibraryImport(Library)]
    public static partial nint g_value_get_boxed(ref GValue value);

    [LibraryImport(Library)]
    public static partial nint vips_blob_get(nint blob, out nuint length);

    [LibraryImport(Library)]
    public static partial void g_object_unref(nint instance);

    [LibraryImport(Library)]
    public static partial void g_free(nint memory);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial uint g_log_set_handler(string domain, int levels, delegate* unmanaged<nint, int, nint, nint, void> handler, nint data);
}
