using System.Runtime.InteropServices;

namespace AvaConsole.Inference.Hosting;

/// <summary>
/// Gives memory back to the system. A session's weights and its arena are freed when it is disposed, but the C library keeps what lies between
/// pieces that are still in use: without this, a host that changes its models grows by about a megabyte with each change.
/// </summary>
internal static partial class NativeMemory
{
    private const int MmapThreshold = -3; // M_MMAP_THRESHOLD
    private const int LargeBytes = 1 << 20;

    // glibc has these; musl and others keep little and do not.
    private static readonly Lazy<bool> s_isGlibc = new(() =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var libc) && NativeLibrary.TryGetExport(libc, "malloc_trim", out _));

    /// <summary>
    /// Has large pieces, such as weights, mapped one by one, so that they are gone when they are freed. Left to itself, glibc takes the first large piece that is
    /// freed for a sign that such sizes come and go, and from then on keeps them all.
    /// </summary>
    public static void MapLargePieces()
    {
        if (s_isGlibc.Value)
        {
            _ = MallocOption(MmapThreshold, LargeBytes);
        }
    }

    /// <summary>Takes milliseconds; for after an unload, not for requests.</summary>
    public static void Return()
    {
        if (s_isGlibc.Value)
        {
            _ = MallocTrim(0);
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keep);

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int MallocOption(int option, int value);
}
