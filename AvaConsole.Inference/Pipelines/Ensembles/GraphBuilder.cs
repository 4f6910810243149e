using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>Checks an ensemble's steps and puts them in order. All that is wrong is reported at once, each with its step.</summary>
internal sealed class GraphBuilder(EnsembleDescription description, IReadOnlyDictionary<string, EnsembleModelInfo> models)
{
    // Members of a detection, to which the answers of its crops are added by their steps' names.
    private static readonly string[] s_reserved = ["index", "class", "score", "pts", "label_cn"];

    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    /// <returns>Errors <c>package.ensemble_*</c>.</returns>
    public Result<EnsembleGraph> Build()
    {
        CheckNames();
        var steps = description.Steps.Select(Read).ToList();
        if (_problems.Count > 0)
        {
            return new InvalidError(_problems);
        }

        var order = Sort(steps);
        if (order is null)
        {
            return new InvalidError(_problems);
        }

        SettleRows(steps, order);
        if (steps.TrueForAll(step => models[step.Model].Pipeline is null))
        {
            Report("models", "package.ensemble_no_answer");
        }

        return _problems.Count == 0 ? new EnsembleGraph(steps, order) : new InvalidError(_problems);
    }

    public static string NameOf(EnsembleStep step) => step.Name ?? step.Model;

    private void CheckNames()
    {
        if (description.Steps.Count == 0)
        {
            Report("steps", "package.ensemble_empty");
        }

        for (var index = 0; index < description.Steps.Count; index++)
        {
            if (!_byName.TryAdd(NameOf(description.Steps[index]), index))
            {
                Report($"steps.{NameOf(description.Steps[index])}", "package.ensemble_step_twice", NameOf(description.Steps[index]));
            }
        }

        foreach (var unused in description.Models.Keys.Except(description.Steps.Select(step => step.Model)))
        {
            Report($"models.{unused}", "package.ensemble_model_unused", unused);
        }
    }

    private GraphStep Read(EnsembleStep step, int index)
    {
        var name = NameOf(step);
        if (!models.TryGetValue(step.Model, out var model))
        {
            Report($"steps.{name}.model", "package.ensemble_model_unknown", step.Model, Names(description.Models.Keys));
            return new GraphStep(index, name, step, [], null);
        }

        var links = step.Inputs.Select(input => Link(name, model, input.Key, input.Value)).OfType<GraphLink>().ToList();
        var crop = step.Crop is { } source ? FindDetection(name, source) : null;
        if (step.Crop is not null && model.Signature.Inputs.All(port => step.Inputs.ContainsKey(port.Name)))
        {
            Report($"steps.{name}.crop", "package.ensemble_crop_no_picture", name);
        }

        if (s_reserved.Contains(name))
        {
            Report($"steps.{name}.name", "package.ensemble_name_reserved", name, Names(s_reserved));
        }

        return new GraphStep(index, name, step, links, crop);
    }

    private GraphLink? Link(string step, EnsembleModelInfo model, string input, string source)
    {
        var field = $"steps.{step}.inputs.{input}";
        var port = model.Signature.Inputs.FirstOrDefault(one => one.Name == input);
        if (port is null)
        {
            Report(field, "package.ensemble_input_unknown", input, Names(model.Signature.Inputs.Select(one => one.Name)));
            return null;
        }

        var (giver, tensor) = Split(source);
        if (giver < 0)
        {
            Report(field, "package.ensemble_source_unknown", source, Names(_byName.Keys));
            return null;
        }

        var given = models.TryGetValue(description.Steps[giver].Model, out var from) ? from.Signature.Outputs.FirstOrDefault(one => one.Name == tensor) : null;
        if (given is null)
        {
            Report(field, "package.ensemble_tensor_unknown", NameOf(description.Steps[giver]), tensor, Names(from?.Signature.Outputs.Select(one => one.Name) ?? []));
            return null;
        }

        if (given.Kind != PortKind.Tensor || given.Type != port.Type)
        {
            Report(field, "package.ensemble_type", source, TypeOf(given), input, TypeOf(port));
        }
        else if (!Fits(given.Shape, port.Shape))
        {
            Report(field, "package.ensemble_shape", source, Results.OutputFinder.Show(given.Shape), input, Results.OutputFinder.Show(port.Shape));
        }

        return new GraphLink(input, giver, tensor);
    }

    /// <summary><c>step.tensor</c>; both names may have dots, so that the longest step's name that there is counts.</summary>
    private (int Step, string Tensor) Split(string source)
    {
        for (var dot = source.LastIndexOf('.'); dot > 0; dot = source.LastIndexOf('.', dot - 1))
        {
            if (_byName.TryGetValue(source[..dot], out var step))
            {
                return (step, source[(dot + 1)..]);
            }
        }

        return (-1, "");
    }

    private int? FindDetection(string step, string source)
    {
        if (!_byName.TryGetValue(source, out var index))
        {
            Report($"steps.{step}.crop", "package.ensemble_step_unknown", source, Names(_byName.Keys));
            return null;
        }

        if (models.TryGetValue(description.Steps[index].Model, out var model) && model.Pipeline != PipelineKind.Detection)
        {
            Report($"steps.{step}.crop", "package.ensemble_not_detection", source);
        }

        return index;
    }

    /// <summary>Null, and a problem that shows the way round, where steps wait for each other.</summary>
    private List<int>? Sort(List<GraphStep> steps)
    {
        var order = new List<int>();
        var left = new HashSet<int>(Enumerable.Range(0, steps.Count));
        while (left.Count > 0)
        {
            var ready = left.Where(index => !steps[index].Needs.Any(left.Contains)).Order().ToList();
            if (ready.Count == 0)
            {
                Report($"steps.{steps[left.Min()].Name}", "package.ensemble_cycle", string.Join(" ← ", Cycle(steps, left).Select(index => steps[index].Name)));
                return null;
            }

            order.AddRange(ready);
            left.ExceptWith(ready);
        }

        return order;
    }

    // Each of those that are left needs another of them, so that following one's needs comes round.
    private static IEnumerable<int> Cycle(List<GraphStep> steps, HashSet<int> left)
    {
        var path = new List<int>();
        var at = left.Min();
        while (!path.Contains(at))
        {
            path.Add(at);
            at = steps[at].Needs.First(left.Contains);
        }

        return path.Skip(path.IndexOf(at)).Append(at);
    }

    private void SettleRows(List<GraphStep> steps, List<int> order)
    {
        foreach (var index in order)
        {
            var step = steps[index];
            var from = step.Links.Select(link => steps[link.Step].RowsFrom).OfType<int>();
            var rows = (step.CropOf is null ? from : from.Append(index)).Distinct().ToList();
            if (rows.Count > 1)
            {
                Report($"steps.{step.Name}", "package.ensemble_rows_mixed", step.Name, string.Join(", ", rows.Select(row => steps[row].Name)));
            }

            if (step.CropOf is { } crop && steps[crop].RowsFrom is not null)
            {
                Report($"steps.{step.Name}.crop", "package.ensemble_crop_of_crop", steps[crop].Name);
            }

            steps[index] = rows is [var one] ? step with { RowsFrom = one, RowsOf = steps[one].CropOf } : step;
        }
    }

    private static bool Fits(IReadOnlyList<long> given, IReadOnlyList<long> wanted) =>
        given.Count == wanted.Count && given.Zip(wanted).All(pair => pair.First < 0 || pair.Second < 0 || pair.First == pair.Second);

    private static string TypeOf(ModelPort port) => port.Kind == PortKind.Tensor ? TensorTypes.NameOf(port.Type) : port.Kind.ToString().ToUpperInvariant();

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    private void Report(string member, string code, params object?[] args) => _problems.Add(new Problem($"{ServiceYaml.FileName}:{member}", code, args));
}
