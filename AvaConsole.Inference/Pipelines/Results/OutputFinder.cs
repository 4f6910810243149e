using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results;

/// <summary>Finds a model's outputs and keeps what is wrong with them.</summary>
/// <param name="sample">What the model gave on a made-up input of one row.</param>
internal sealed class OutputFinder(ModelSignature signature, IReadOnlyList<ModelValue> sample)
{
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public IReadOnlyList<ModelPort> Ports => signature.Outputs;

    /// <summary>The named output; without a name the one that is preferred, else the first that fits. Null, and a problem, for none.</summary>
    public ModelPort? Find(string? name, Func<ModelPort, bool> fits, string code, Func<ModelPort, bool>? preferred = null)
    {
        if (name is not null)
        {
            var named = Ports.FirstOrDefault(port => port.Name == name);
            if (named is null)
            {
                return Report<ModelPort>("package.tensor_unknown", name, string.Join(", ", Ports.Select(port => port.Name)));
            }

            return fits(named) ? named : Report<ModelPort>(code, named.Name, TypeOf(named));
        }

        var fitting = Ports.Where(fits).ToList();
        return fitting.FirstOrDefault(preferred ?? (_ => false)) ?? fitting.FirstOrDefault()
            ?? Report<ModelPort>(code, Ports[0].Name, TypeOf(Ports[0]));
    }

    /// <summary>Null, and a problem, where the model left this optional output out.</summary>
    public ModelValue? SampleOf(ModelPort port) =>
        sample.FirstOrDefault(value => value.Name == port.Name) ?? Report<ModelValue>("package.output_left_out", port.Name);

    /// <returns>Null.</returns>
    public T? Report<T>(string code, params object?[] args)
        where T : class
    {
        _problems.Add(new Problem(PackageContent.ModelFileName, code, args));
        return null;
    }

    public static bool IsNumeric(ModelPort port) => port.Kind == PortKind.Tensor && TensorValues.IsNumeric(port.Type);

    /// <summary>Floating-point numbers in a tensor, or in the maps of scikit-learn's ZipMap.</summary>
    public static bool IsScores(ModelPort port) =>
        TensorNumbers.IsFloating(port.Type) && (port.Kind != PortKind.Tensor || port.Shape.Count > 0);

    /// <summary>Numbers of one row; not positive where the model does not say.</summary>
    public static long Width(ModelPort port) => port.Shape.Skip(1).Aggregate(1L, (product, length) => product * length);

    public static string Show(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape.Select(length => length < 0 ? "?" : $"{length}"))}]";

    private static string TypeOf(ModelPort port) => port.Kind == PortKind.Tensor ? TensorTypes.NameOf(port.Type) : "SEQUENCE";
}
