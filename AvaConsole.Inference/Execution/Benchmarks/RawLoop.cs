using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.Execution.Benchmarks;

/// <summary>The model's bare sessions: what a program with nothing around ONNX Runtime would have.</summary>
/// <param name="cuda">The device's settings; null for the CPU.</param>
internal sealed class RawLoop(string path, InferenceOptions? cuda) : IDisposable
{
    private readonly InferenceSession _wide = Open(path, cuda, narrow: false);
    private readonly InferenceSession _narrow = Open(path, cuda, narrow: true);

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

    private static InferenceSession Open(string path, InferenceOptions? cuda, bool narrow)
    {
        using var options = cuda is null ? SessionSettings.ForCpu(narrow) : SessionSettings.ForCuda(cuda);
        return new InferenceSession(path, options);
    }
}
