using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.Execution.Benchmarks;

/// <summary>The model's bare sessions: what a program with nothing around ONNX Runtime would have.</summary>
/// <exception cref="OnnxRuntimeException">They cannot be opened.</exception>
internal sealed class RawLoop(OrtRuntime runtime, string path) : IDisposable
{
    private readonly InferenceSession _wide = runtime.OpenBare(path, narrow: false);
    private readonly InferenceSession _narrow = runtime.OpenBare(path, narrow: true);

    /// <summary>Runs the request over and over on this thread until told to stop; tells of each run's end.</summary>
    public void Repeat(TensorRequest request, bool narrow, Func<bool> goOn)
    {
        var session = narrow ? _narrow : _wide;
        using var inputs = new OrtInputs([request]);
        using var options = new RunOptions();
        do
        {
            session.Run(options, inputs.Names, inputs.Values, session.OutputNames).Dispose();
        }
        while (goOn());
    }

    public void Dispose()
    {
        _wide.Dispose();
        _narrow.Dispose();
    }
}
