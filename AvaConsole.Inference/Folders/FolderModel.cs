using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Folders;

/// <summary>A model of a folder, in memory. Unloaded when its owner and the last of its users have let go.</summary>
internal sealed class FolderModel(FoundModel found, TensorModel model, IReadOnlyList<string> labels) : IServedModel
{
    private static readonly AppMetadataDocument s_open = new() { Public = true };

    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The owner's own. Below one, nobody can enter any more.
    private int _references = 1;

    public string App => found.Name;

    public string Version => found.Version;

    public string Phase => Phases.Production;

    public AppMetadataDocument Metadata => s_open;

    public CompiledSchema? Schema => null;

    public ApiSchema? ApiSchema => null;

    public ModelSignature Signature => model.Signature;

    public ModelFigures Figures => model.Figures;

    public IReadOnlyList<string> Labels => labels;

    public bool Batchable => model.Batchable;

    public async Task<Result<TensorAnswer>> InferAsync(TensorRequest request, CancellationToken ct)
    {
        var admitted = model.TryEnter();
        if (!admitted.IsSuccess)
        {
            return admitted.Error;
        }

        using var admission = admitted.Value;
        return await model.RunAsync(admission, request, ct).ConfigureAwait(false);
    }

    /// <summary>A folder's model takes tensors only.</summary>
    public Task<Result<InferenceAnswer>> InferAsync(InferenceRequest request, CancellationToken ct) =>
        Task.FromResult<Result<InferenceAnswer>>(new UnavailableError("serving.schema_missing", App, Version));

    /// <summary>Null where it is being unloaded.</summary>
    public IModelLease? TryLease()
    {
        var references = Volatile.Read(ref _references);
        while (references > 0)
        {
            var seen = Interlocked.CompareExchange(ref _references, references + 1, references);
            if (seen == references)
            {
                return new Lease(this);
            }

            references = seen;
        }

        return null;
    }

    /// <summary>Waits for its requests, ends those that take too long, and unloads it. Once.</summary>
    public async Task RetireAsync(TimeSpan patience)
    {
        RemoveReference();
        try
        {
            await _idle.Task.WaitAsync(patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The batcher ends them: their callers get an error, not a crash.
        }

        await Task.Run(model.Dispose).ConfigureAwait(false);
    }

    private void RemoveReference()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            _idle.SetResult();
        }
    }

    private sealed class Lease(FolderModel model) : IModelLease
    {
        private int _disposed;

        public IServedModel Model => model;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                model.RemoveReference();
            }
        }
    }
}
