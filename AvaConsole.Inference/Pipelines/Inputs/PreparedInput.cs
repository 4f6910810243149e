using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>What an input stage made of one request.</summary>
/// <param name="Tensors">The model's inputs. Their memory is lent until <see cref="Dispose"/>.</param>
/// <param name="Geometry">Of the picture, where there is exactly one; to map results back.</param>
internal sealed record PreparedInput(IReadOnlyList<Tensor> Tensors, PictureGeometry? Geometry) : IDisposable
{
    private IDisposable? _memory;

    /// <summary>Of the parts of a picture, one for each row; empty where there are none.</summary>
    public IReadOnlyList<PictureGeometry> Regions { get; init; } = [];

    public PreparedInput(IReadOnlyList<Tensor> tensors, PictureGeometry? geometry, IDisposable? memory)
        : this(tensors, geometry) => _memory = memory;

    /// <summary>
    /// Gives the tensors' memory back for the next request. Only when nobody reads them any more: where a run was given up before its end,
    /// leave them to the garbage collector instead.
    /// </summary>
    public void Dispose() => Interlocked.Exchange(ref _memory, null)?.Dispose();
}
