namespace AvaConsole.Inference.Hosting;

/// <summary>Counts and times since a model was loaded, as the statistics extension of the Open Inference Protocol has them. Nanoseconds.</summary>
/// <param name="Rows">Rows answered: a request of a batch of four counts four.</param>
/// <param name="Executions">Runs of the model; rows by executions is the mean batch.</param>
/// <param name="LastInference">Null before the first.</param>
public sealed record ModelFigures(long Rows, long Executions, DateTimeOffset? LastInference)
{
    public CountedTime Success { get; init; }

    public CountedTime Fail { get; init; }

    public CountedTime Queue { get; init; }

    public CountedTime Input { get; init; }

    public CountedTime Infer { get; init; }

    public CountedTime Output { get; init; }

    /// <summary>By rows in a run, smallest first.</summary>
    public IReadOnlyList<BatchFigures> Batches { get; init; } = [];
}

/// <summary>How often, and how many nanoseconds in all.</summary>
public readonly record struct CountedTime(long Count, long Nanoseconds);

/// <summary>Runs of one size.</summary>
public sealed record BatchFigures(int Rows, CountedTime Input, CountedTime Infer, CountedTime Output);

/// <summary>One model of an ensemble.</summary>
/// <param name="Name">As the package calls it.</param>
public sealed record PartFigures(string Name, ModelFigures Figures);
