using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Where a package's description and its model do not go together.</summary>
internal sealed class InputProblems
{
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> All => _problems;

    public void Report(string code, params object?[] args) => _problems.Add(new Problem(PackageContent.ModelFileName, code, args));

    public void Add(Error error) => _problems.AddRange(error is InvalidError invalid ? invalid.Problems : [new Problem(PackageContent.ModelFileName, error.Code, error.Args)]);

    public static string Show(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape.Select(length => length < 0 ? "?" : $"{length}"))}]";

    public static string Show(ModelPort port) => $"{TensorTypes.NameOf(port.Type)} {Show(port.Shape)}";
}
