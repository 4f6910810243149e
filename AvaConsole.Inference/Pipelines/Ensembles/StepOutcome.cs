using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Pipelines.Results;
using AvaConsole.Inference.Pipelines.Results.Detecting;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>What a step's model gave: one piece with all rows, or one for each row where the model does not take several at once.</summary>
/// <param name="RowOf">For each row the detection that it belongs to; null for a step of one row, the request.</param>
internal sealed record StepOutcome(IReadOnlyList<int>? RowOf, IReadOnlyList<TensorAnswer> Pieces) : IDisposable
{
    public int Rows => RowOf?.Count ?? 1;

    public bool IsWhole => Pieces.Count == 1;

    /// <summary>Of the picture that the step was run on; null where there was none, or several.</summary>
    public PictureGeometry? Geometry { get; init; }

    /// <summary>Of the parts of the picture that the step was run on, one for each row; empty for a step that does not crop.</summary>
    public IReadOnlyList<PictureGeometry> Geometries { get; init; } = [];

    /// <summary>What a detection's classes are called.</summary>
    public ClassNames Names { get; init; } = ClassNames.None;

    /// <summary>What a detection found, in pixels of the original picture; empty for other steps.</summary>
    public IReadOnlyList<Detection> Found { get; init; } = [];

    /// <summary>One for each row; empty where the step answers nothing.</summary>
    public IReadOnlyList<StageAnswer> Answers { get; init; } = [];

    /// <summary>The values of one row, not copied; null where they are not in rows.</summary>
    public IReadOnlyList<ModelValue>? Row(int row) =>
        !IsWhole ? Pieces[row].Outputs : Rows == 1 ? Pieces[0].Outputs : ModelRows.Slice(Pieces[0].Outputs, row, Rows);

    public void Dispose()
    {
        foreach (var piece in Pieces)
        {
            piece.Dispose();
        }
    }
}
