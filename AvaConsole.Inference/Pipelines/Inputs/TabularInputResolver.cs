using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Settles how rows become an input.</summary>
internal sealed class TabularInputResolver(TabularInput description, ModelPort port, InputProblems problems)
{
    /// <returns>Null where something does not fit, which is reported.</returns>
    public IInputPart? Resolve()
    {
        var columns = description.Columns.Select(column => new TabularColumn(column)).ToList();
        var given = columns.Sum(column => column.Width);
        if (port is not { Kind: PortKind.Tensor, Type: not TensorType.Bytes } || port.Shape is not ([_] or [_, _]))
        {
            problems.Report("package.input_not_tabular", port.Name, InputProblems.Show(port));
            return null;
        }

        var ofModel = port.Shape is [_, var length] ? (int)length : 1;
        if (ofModel > 0 && columns.Count > 0 && given != ofModel)
        {
            problems.Report("package.tabular_width", port.Name, ofModel, given);
            return null;
        }

        return new TabularInputPart(description, port, columns, columns.Count > 0 ? given : Math.Max(0, ofModel));
    }
}
