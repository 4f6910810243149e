namespace AvaConsole.Inference.Pictures;

/// <summary>Pixels in libvips' own memory: they are read where they are instead of copied.</summary>
internal sealed class NativePixels(nint memory, int length) : IDisposable
{
    private nint _memory = memory;

    public unsafe ReadOnlySpan<byte> Span => _memory != 0 ? new((void*)_memory, length) : throw new ObjectDisposedException(nameof(NativePixels));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _memory, 0) is var given and not 0)
        {
            Vips.g_free(given);
        }
    }
}
