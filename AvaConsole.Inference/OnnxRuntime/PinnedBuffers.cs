using System.Buffers;
using System.Collections.Concurrent;
using System.Numerics;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>Buffers that never move in memory, kept for the next batch: native code reads them without a pin for each run.</summary>
internal static class PinnedBuffers
{
    private const int SmallestBits = 10;
    private const int LargestKept = 16 << 20;
    private const int KeptOfEachSize = 4;

    // By the power of two that their length is.
    private static readonly ConcurrentQueue<byte[]>[] s_free = [.. Enumerable.Range(0, 32).Select(_ => new ConcurrentQueue<byte[]>())];

    /// <returns>At least that long; its content is anything.</returns>
    public static byte[] Rent(int length)
    {
        var bits = Math.Max(SmallestBits, 32 - BitOperations.LeadingZeroCount((uint)Math.Max(1, length) - 1));
        if (bits > 30)
        {
            return GC.AllocateUninitializedArray<byte>(length, pinned: true);
        }

        return s_free[bits].TryDequeue(out var buffer) ? buffer : GC.AllocateUninitializedArray<byte>(1 << bits, pinned: true);
    }

    public static void Return(byte[]? buffer)
    {
        if (buffer is null || buffer.Length > LargestKept || !BitOperations.IsPow2(buffer.Length))
        {
            return;
        }

        var free = s_free[BitOperations.Log2((uint)buffer.Length)];
        if (free.Count < KeptOfEachSize)
        {
            free.Enqueue(buffer);
        }
    }
}
