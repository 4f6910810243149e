using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>A row of a tree as the page shows it: the parameter, where it stands, and what is open.</summary>
public sealed class RowNode(int key)
{
    /// <summary>Stays with the row while it is renamed, moved or undone.</summary>
    public int Key { get; } = key;

    public ApiParameter Parameter { get; set; } = new();

    public RowNode? Parent { get; set; }

    public int[] Path { get; set; } = [];

    /// <summary>For example <c>Parameters[2].Properties[0]</c>.</summary>
    public string Field { get; set; } = "";

    public List<RowNode> Children { get; set; } = [];

    /// <summary>Its members are shown.</summary>
    public bool Expanded { get; set; }

    /// <summary>Its details are shown.</summary>
    public bool Open { get; set; }

    public int Level => Path.Length - 1;

    public int Index => Path[^1];

    public bool IsElement => Path[^1] == ParameterEdits.Element;

    public bool CanHaveMembers => Parameter.Type == ParameterTypes.Object || (Parameter.Type == ParameterTypes.Array && Children is [{ CanHaveMembers: true }]);

    /// <summary>The rows that it is within, outermost first.</summary>
    public IEnumerable<RowNode> Ancestors => Parent is null ? [] : [.. Parent.Ancestors, Parent];
}
