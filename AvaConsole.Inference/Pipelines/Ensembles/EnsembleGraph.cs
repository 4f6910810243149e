using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>A step's input that an earlier step gives.</summary>
/// <param name="Input">Of the step's model.</param>
/// <param name="Step">Index of the step that gives it.</param>
/// <param name="Output">Of that step's model.</param>
internal sealed record GraphLink(string Input, int Step, string Output);

/// <summary>One run of a model within the graph.</summary>
/// <param name="Index">In the package's own order.</param>
/// <param name="CropOf">Index of the detection whose boxes it is run on; null for none.</param>
internal sealed record GraphStep(int Index, string Name, EnsembleStep Description, IReadOnlyList<GraphLink> Links, int? CropOf)
{
    public string Model => Description.Model;

    /// <summary>Index of the step whose crops are its rows: itself, or one that it reads from, directly or not. Null: one row, the request.</summary>
    public int? RowsFrom { get; init; }

    /// <summary>Index of the detection that its rows belong to.</summary>
    public int? RowsOf { get; init; }

    /// <summary>Steps that must be over before it begins.</summary>
    public IEnumerable<int> Needs => (CropOf is { } crop ? Links.Select(link => link.Step).Append(crop) : Links.Select(link => link.Step)).Distinct();
}

/// <summary>The steps of an ensemble, checked: every name is known, types and shapes fit, nothing waits for itself.</summary>
/// <param name="Steps">In the package's order.</param>
/// <param name="Order">Indexes of the steps, each after all that it needs.</param>
internal sealed record EnsembleGraph(IReadOnlyList<GraphStep> Steps, IReadOnlyList<int> Order);
