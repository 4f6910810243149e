using System.Collections.Concurrent;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Tests.Inference.Batching;

/// <summary>A model whose runs end when the test says so. A row is one byte; its output is the same byte.</summary>
internal sealed class FakeRunner : IRowRunner, IDisposable
{
    private readonly SemaphoreSlim _permits = new(0);

    /// <summary>The rows of each run, in order.</summary>
    public BlockingCollection<byte[]> Runs { get; } = [];

    public bool DiffersWhenLone => false;

    /// <summary>That made the latest run.</summary>
    public int LastThread { get; private set; }

    /// <summary>Runs end at once.</summary>
    public bool IsOpen { get; init; }

    /// <summary>A run with this row fails.</summary>
    public byte? Poison { get; init; }

    public static TensorRequest Row(byte value) => new([new Tensor("x", TensorType.UInt8, [1, 1]) { Data = new[] { value } }], []);

    public static byte Value(TensorAnswer answer) => Value(answer.Outputs);

    private static byte Value(IReadOnlyList<ModelValue> values) => ((Tensor)values[0]).Data.Span[0];

    /// <summary>Lets one run end.</summary>
    public void Release() => _permits.Release();

    /// <summary>Waits for the next run to start.</summary>
    public byte[] NextRun() => Runs.TryTake(out var run, TimeSpan.FromSeconds(30)) ? run : throw new TimeoutException("No run has started.");

    public RunResult Run(IReadOnlyList<TensorRequest> requests, bool isLone, RunStop stop)
    {
        LastThread = Environment.CurrentManagedThreadId;
        var clock = new RunClock();
        Runs.Add(requests.Select(request => Value(request.Inputs)).ToArray());
        while (!IsOpen && !_permits.Wait(5))
        {
            if (stop.IsStopped)
            {
                throw new InvalidOperationException("The run was stopped.");
            }
        }

        return Poison is { } poison && requests.Any(request => Value(request.Inputs) == poison)
            ? throw new InvalidOperationException("The run does not like its row.")
            : clock.Finish([.. requests.Select(request => new RequestOutputs(request.Inputs))]);
    }

    public void Dispose()
    {
        _permits.Dispose();
        Runs.Dispose();
    }
}
