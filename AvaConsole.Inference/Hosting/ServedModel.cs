using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Hosting;

/// <summary>A loaded model in one phase. Replaced, not changed, when its phase, access or API changes.</summary>
internal sealed record ServedModel(LoadedModel Loaded, string Phase, AppMetadataDocument Metadata, ApiSchema? ApiSchema, CompiledSchema? Schema) : IServedModel
{
    private const string UsualName = "image";

    public string App => Loaded.Spec.App;

    public string Version => Loaded.Spec.Version;

    public ModelSignature Signature => Loaded.Signature;

    public ModelFigures Figures => Loaded.Figures;

    public IReadOnlyList<PartFigures> Parts => Loaded.Parts;

    public IReadOnlyList<string> Labels => Loaded.Labels;

    public Error? Refuse() => Loaded.Refuse();

    public Task<Result<InferenceAnswer>> InferAsync(InferenceRequest request, CancellationToken ct) =>
        HoldAsync(() => Loaded.InferAsync(WithUsualName(request), ct));

    /// <summary>See <see cref="LoadedModel.AnswerCaseAsync"/>.</summary>
    public Task<Result<InferenceAnswer>> AnswerCaseAsync(InferenceRequest request, CancellationToken ct) =>
        HoldAsync(() => Loaded.AnswerCaseAsync(WithUsualName(request), ct));

    public Task<Result<TensorAnswer>> InferAsync(TensorRequest request, CancellationToken ct) => HoldAsync(() => Loaded.InferAsync(request, ct));

    private async Task<Result<T>> HoldAsync<T>(Func<Task<Result<T>>> inferAsync)
    {
        // The caller's lease should be enough. Should it be gone already, this is an error value and not the end of the process.
        if (!Loaded.Users.TryAdd())
        {
            return new UnavailableError("serving.unloaded");
        }

        try
        {
            return await inferAsync().ConfigureAwait(false);
        }
        finally
        {
            Loaded.Users.Remove();
        }
    }

    // Among several entries the pipeline looks for usual names; the API may call its picture anything.
    private InferenceRequest WithUsualName(InferenceRequest request)
    {
        var picture = ApiSchema?.Payload.FirstOrDefault(entry => entry.Type == PayloadTypes.Image)?.Name;
        return request.Payload.Count > 1 && picture is not null && request.Payload.TryGetValue(picture, out var bytes) && !request.Payload.ContainsKey(UsualName)
            ? request with { Payload = new Dictionary<string, ReadOnlyMemory<byte>>(request.Payload) { [UsualName] = bytes } }
            : request;
    }
}
