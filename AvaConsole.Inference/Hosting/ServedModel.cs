using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Hosting;

/// <summary>A loaded model in one phase. Replaced, not changed, when its phase, access or API changes.</summary>
internal sealed record ServedModel(LoadedModel Loaded, string Phase, AppMetadataDocument Metadata, ApiSchema? ApiSchema, CompiledSchema? Schema) : IServedModel
{
    // What the picture is called where no API names it.
    private static readonly string[] s_usualNames = ["image", "picture", "data", "img"];

    public string App => Loaded.Spec.App;

    public string Version => Loaded.Spec.Version;

    public ModelSignature Signature => Loaded.Model.Signature;

    public ModelFigures Figures => Loaded.Model.Figures;

    public Task<Result<InferenceAnswer>> InferAsync(InferenceRequest request, CancellationToken ct) => HoldAsync(async () =>
    {
        var (name, bytes) = FindPicture(request);
        return name is not null || !Loaded.HasPipeline
            ? await Loaded.InferAsync(name ?? "", bytes, request.Parameters, ct).ConfigureAwait(false)
            : new InvalidError("$.payload", "request.picture_missing", PictureEntry ?? s_usualNames[0]);
    });

    public Task<Result<TensorAnswer>> InferAsync(TensorRequest request, CancellationToken ct) => HoldAsync(() => Loaded.InferAsync(request, ct));

    private async Task<Result<T>> HoldAsync<T>(Func<Task<Result<T>>> inferAsync)
    {
        // The caller's lease should be enough. Should it be gone already, this is an error value and not the end of the process.
        if (!Loaded.TryAddReference())
        {
            return new UnavailableError("serving.unloaded");
        }

        try
        {
            return await inferAsync().ConfigureAwait(false);
        }
        finally
        {
            Loaded.RemoveReference();
        }
    }

    private string? PictureEntry => ApiSchema?.Payload.FirstOrDefault(entry => entry.Type == PayloadTypes.Image)?.Name;

    private (string? Name, ReadOnlyMemory<byte> Bytes) FindPicture(InferenceRequest request)
    {
        foreach (var name in (string[])(PictureEntry is { } entry ? [entry, .. s_usualNames] : s_usualNames))
        {
            if (request.Payload.TryGetValue(name, out var bytes))
            {
                return (name, bytes);
            }
        }

        return request.Payload.Count == 1 ? request.Payload.Select(pair => ((string?)pair.Key, pair.Value)).Single() : (null, default);
    }
}

/// <summary>Holds one reference to the model.</summary>
internal sealed class ModelLease(ServedModel model) : IModelLease
{
    private int _disposed;

    public IServedModel Model => model;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            model.Loaded.RemoveReference();
        }
    }
}
