using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Pipelines;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Folders;

/// <summary>A model of a folder, in memory. Unloaded when its owner and the last of its users have let go.</summary>
internal sealed class FolderModel(FoundModel found, OpenedModel opened) : IServedModel
{
    private static readonly AppMetadataDocument s_open = new() { Public = true };

    private readonly ModelUsers _users = new();

    public string App => found.Name;

    public string Version => found.Version;

    public string Phase => Phases.Production;

    public AppMetadataDocument Metadata => s_open;

    public CompiledSchema? Schema => null;

    public ApiSchema? ApiSchema => null;

    public ModelSignature Signature => opened.Signature;

    public ModelFigures Figures => opened.Figures;

    public IReadOnlyList<PartFigures> Parts => opened.Parts;

    public IReadOnlyList<string> Labels => opened.Labels;

    public bool Batchable => opened.Batchable;

    public Error? Refuse() => opened.Refuse();

    public Task<Result<TensorAnswer>> InferAsync(TensorRequest request, CancellationToken ct) => opened.InferAsync(request, ct);

    public Task<Result<InferenceAnswer>> InferAsync(InferenceRequest request, CancellationToken ct) => opened.InferAsync(request, ct);

    /// <summary>Null where it is being unloaded.</summary>
    public IModelLease? TryLease() => _users.TryAdd() ? new ModelLease(this, _users) : null;

    /// <summary>Waits for its requests, ends those that take too long, and unloads it. Once.</summary>
    public Task RetireAsync(TimeSpan patience) => _users.RetireAsync(patience, opened.Dispose);
}
