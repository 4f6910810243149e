using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Pipelines;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Hosting;

/// <summary>
/// A model in memory with its batcher, counted: whoever uses it holds a reference, and it is unloaded when its owner and the last of
/// them have let go, never under a request.
/// </summary>
/// <param name="opened">Taken over.</param>
/// <param name="files">Keeps what it was loaded from while it is loaded: weights in files of their own are read when they are needed.</param>
internal sealed class LoadedModel(ReleaseSpec spec, OpenedModel opened, IDisposable files)
{
    /// <summary>Whoever uses it is one of them.</summary>
    public ModelUsers Users { get; } = new();

    public ReleaseSpec Spec => spec;

    public TensorModel Model => opened.Model;

    public IReadOnlyList<string> Labels => opened.Labels;

    /// <summary>Takes effect at once, for waiting requests too.</summary>
    public void UpdateSettings(BatchSettings settings) => opened.UpdateSettings(settings);

    /// <summary>Lets go of it, waits for its requests, ends those that take too long, and unloads it. Once.</summary>
    public Task RetireAsync(TimeSpan patience) => Users.RetireAsync(patience, Unload);

    /// <summary>Answers one request by the pipeline. The caller holds a reference.</summary>
    public async Task<Result<InferenceAnswer>> InferAsync(InferenceRequest request, CancellationToken ct) => opened.Pipeline is not { } pipeline
        ? new ConflictError("serving.no_pipeline", spec.App)
        : await AdmitAsync(admission => pipeline.AnswerAsync(admission, request, ct)).ConfigureAwait(false);

    /// <summary>Answers one request of tensors. The caller holds a reference until it has disposed the answer.</summary>
    public Task<Result<TensorAnswer>> InferAsync(TensorRequest request, CancellationToken ct) => AdmitAsync(admission => Model.RunAsync(admission, request, ct));

    /// <summary>Lets a request in, or not, and counts what becomes of it.</summary>
    private async Task<Result<T>> AdmitAsync<T>(Func<Admission, Task<Result<T>>> answerAsync)
    {
        var admitted = Model.TryEnter();
        if (!admitted.IsSuccess)
        {
            Model.CountRequest(Outcome(admitted.Error));
            return admitted.Error;
        }

        using var admission = admitted.Value;
        try
        {
            var answer = await answerAsync(admission).ConfigureAwait(false);
            Model.CountRequest(answer.IsSuccess ? "ok" : Outcome(answer.Error), admission.Elapsed);
            return answer;
        }
        catch (OperationCanceledException)
        {
            Model.CountRequest("cancelled", admission.Elapsed);
            throw;
        }
    }

    private static string Outcome(Error error) => error switch
    {
        BusyError => "busy",
        TimeoutError => "timeout",
        InvalidError => "invalid",
        _ => "failed",
    };

    private void Unload()
    {
        opened.Dispose();
        files.Dispose();
        NativeMemory.Return();
    }
}
