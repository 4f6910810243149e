using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>Puts the tensors that a step's model takes together from what was prepared and from what other steps gave.</summary>
internal sealed class StepInputs(int rows)
{
    private readonly List<Source> _sources = [];

    /// <param name="inRows">It has a row for each of the step's; else all rows share it.</param>
    public void Add(Tensor tensor, bool inRows) => _sources.Add(new Source(
        rows == 1 || inRows ? tensor : null, row => rows == 1 || !inRows ? tensor : (Tensor?)ModelRows.Slice([tensor], row, rows)?[0]));

    /// <summary>An output of another step, under the name that the model has for it.</summary>
    public void Add(StepOutcome outcome, GraphLink link)
    {
        if (outcome.RowOf is null || outcome.IsWhole)
        {
            if (Find(outcome.Pieces[0].Outputs, link) is { } tensor)
            {
                Add(tensor, inRows: outcome.RowOf is not null);
            }
            else
            {
                _sources.Add(Source.Missing);
            }
        }
        else
        {
            _sources.Add(new Source(null, row => Find(outcome.Pieces[row].Outputs, link)));
        }
    }

    /// <summary>One request with all rows where the model takes them together and they lie together; else one for each row.</summary>
    /// <returns>Null where a tensor is missing or not in rows.</returns>
    public IReadOnlyList<TensorRequest>? Build(bool together, IReadOnlyList<string> outputs)
    {
        var asOne = _sources.TrueForAll(source => source.Whole is not null) && (together || rows == 1);
        var requests = asOne
            ? [_sources.ConvertAll(source => source.Whole)]
            : Enumerable.Range(0, rows).Select(row => _sources.ConvertAll(source => source.Row(row))).ToList();
        return requests.TrueForAll(tensors => !tensors.Contains(null))
            ? requests.ConvertAll(tensors => new TensorRequest(tensors.ConvertAll(tensor => tensor!), outputs))
            : null;
    }

    private static Tensor? Find(IReadOnlyList<ModelValue> values, GraphLink link) =>
        values.FirstOrDefault(value => value.Name == link.Output) is Tensor tensor ? tensor with { Name = link.Input } : null;

    /// <param name="Whole">All rows in one; null where they do not lie so.</param>
    private sealed record Source(Tensor? Whole, Func<int, Tensor?> Row)
    {
        public static Source Missing { get; } = new(null, _ => null);
    }
}
