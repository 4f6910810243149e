using System.Buffers;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>Native outputs that several requests read. They are freed when each has disposed its share.</summary>
internal sealed class LentOutputs(IDisposable values, int shares) : IDisposable
{
    private int _shares = shares;

    public bool IsFreed => Volatile.Read(ref _shares) <= 0;

    /// <summary>Memory over native bytes; reading it after they were freed throws.</summary>
    public unsafe ReadOnlyMemory<byte> Lend(Span<byte> bytes)
    {
        fixed (byte* pointer = bytes)
        {
            // Native memory does not move when the fixed block ends.
            return new NativeBytes(this, pointer, bytes.Length).Memory;
        }
    }

    /// <summary>Once for each share.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _shares) == 0)
        {
            values.Dispose();
        }
    }

    private sealed unsafe class NativeBytes(LentOutputs owner, byte* pointer, int length) : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(length);

        public override Span<byte> GetSpan()
        {
            ObjectDisposedException.ThrowIf(owner.IsFreed, owner);
            return new Span<byte>(pointer, length);
        }

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            ObjectDisposedException.ThrowIf(owner.IsFreed, owner);
            return new MemoryHandle(pointer + elementIndex);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
