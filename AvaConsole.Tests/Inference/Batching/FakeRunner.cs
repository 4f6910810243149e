using System.Collections.Concurrent;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AvaConsole.Tests.Inference.Batching;

/// <summary>A model whose runs end when the test says so. A row is one byte; its output is the same byte.</summary>
internal sealed class FakeRunner : IRowRunner, IDisposable
{
    private readonly SemaphoreSlim _permits = new(0);

    /// <summary>The rows of each run, in order.</summary>
    public BlockingCollection<byte[]> Runs { get; } = [];

    /// <summary>Runs end at once.</summary>
    public bool IsOpen { get; init; }

    /// <summary>A run with this row fails.</summary>
    public byte? Poison { get; init; }

    public static IReadOnlyList<RowTensor> Row(byte value) => [new RowTensor("x", TensorElementType.UInt8, [1], new[] { value })];

    public static byte Value(IReadOnlyList<RowTensor> row) => row[0].Data.Span[0];

    /// <summary>Lets one run end.</summary>
    public void Release() => _permits.Release();

    /// <summary>Waits for the next run to start.</summary>
    public byte[] NextRun() => Runs.TryTake(out var run, TimeSpan.FromSeconds(30)) ? run : throw new TimeoutException("No run has started.");

    public IReadOnlyList<IReadOnlyList<RowTensor>> Run(IReadOnlyList<IReadOnlyList<RowTensor>> rows, RunStop stop)
    {
        Runs.Add(rows.Select(Value).ToArray());
        while (!IsOpen && !_permits.Wait(5))
        {
            if (stop.IsStopped)
            {
                throw new InvalidOperationException("The run was stopped.");
            }
        }

        return Poison is { } poison && rows.Any(row => Value(row) == poison)
            ? throw new InvalidOperationException("The run does not like its row.")
            : rows;
    }

    public void Dispose()
    {
        _permits.Dispose();
        Runs.Dispose();
    }
}
