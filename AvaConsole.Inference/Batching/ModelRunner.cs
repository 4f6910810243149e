using AvaConsole.Inference.OnnxRuntime;

namespace AvaConsole.Inference.Batching;

/// <summary>Runs a loaded model's wanted outputs.</summary>
internal sealed class ModelRunner(OrtModel model, IReadOnlyList<string> outputs) : IRowRunner
{
    public IReadOnlyList<IReadOnlyList<RowTensor>> Run(IReadOnlyList<IReadOnlyList<RowTensor>> rows, RunStop stop) => model.Run(rows, outputs, stop.Options);
}
