using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>
/// The rows of one tree. Each new state of the draft is laid over the rows that are there, so that a row keeps its key, and with it what
/// is open in it and where the cursor is, through edits, undo, pasted code and other people's changes.
/// </summary>
public sealed class ParameterNodes(ParameterRoot root)
{
    private const int MostExpanded = 80;

    private readonly RowNode _holder = new(0);
    private Dictionary<ApiParameter, RowNode> _known = [];
    private HashSet<RowNode> _taken = [];
    private object? _shown;
    private int _nextKey = 1;
    private bool _started;

    public IReadOnlyList<RowNode> Roots => _holder.Children;

    /// <summary>False where nothing changed.</summary>
    public bool Update(ApiSchema schema)
    {
        var holder = root.Holder(schema);
        var source = root.Entry is null ? (object)holder.Properties : holder.Items;
        if (_started && ReferenceEquals(source, _shown))
        {
            return false;
        }

        // Before anything is laid: whatever moved is still where it was.
        _known = Known();
        _taken = [];
        Lay(_holder, holder, []);
        if (!_started && All().Count() <= MostExpanded)
        {
            foreach (var node in All())
            {
                node.Expanded = true;
            }
        }

        (_shown, _started) = (source, true);
        return true;
    }

    /// <summary>All rows in order, shown or not.</summary>
    public IEnumerable<RowNode> All() => Under(_holder, _ => true);

    /// <summary>The rows that are not inside something closed.</summary>
    public IEnumerable<RowNode> Visible() => Under(_holder, node => node.Expanded);

    public RowNode? Find(int key) => All().FirstOrDefault(node => node.Key == key);

    /// <summary>The row of a field, or the nearest row around it.</summary>
    public RowNode? FindField(string field) => All().Where(node => node.Field == field).FirstOrDefault();

    private static IEnumerable<RowNode> Under(RowNode parent, Func<RowNode, bool> enter)
    {
        foreach (var child in parent.Children)
        {
            yield return child;
            if (enter(child))
            {
                foreach (var inner in Under(child, enter))
                {
                    yield return inner;
                }
            }
        }
    }

    private void Lay(RowNode node, ApiParameter parameter, int[] path)
    {
        var isSame = _started && ReferenceEquals(node.Parameter, parameter) && node.Path.AsSpan().SequenceEqual(path);
        if (isSame)
        {
            return;
        }

        IReadOnlyList<ApiParameter> parts = parameter.Type == ParameterTypes.Array && parameter.Items is { } items ? [items] : parameter.Type == ParameterTypes.Object ? parameter.Properties : [];
        var isElement = parameter.Type == ParameterTypes.Array;
        var children = Match(node, parts);
        (node.Parameter, node.Path, node.Field) = (parameter, path, root.FieldOf(path));
        for (var i = 0; i < parts.Count; i++)
        {
            children[i].Parent = ReferenceEquals(node, _holder) ? null : node;
            Lay(children[i], parts[i], [.. path, isElement ? ParameterEdits.Element : i]);
        }

        node.Children = children;
    }

    /// <summary>By identity first, here and elsewhere; then by name; then whatever stood at the same place.</summary>
    private List<RowNode> Match(RowNode parent, IReadOnlyList<ApiParameter> parts)
    {
        var found = new RowNode?[parts.Count];
        var old = parent.Children;
        Pass(found, parts, (part, index) => index < old.Count && Is(old[index], part) ? old[index] : old.Find(node => Is(node, part)));
        Pass(found, parts, (part, _) => _known.TryGetValue(part, out var moved) && Is(moved, part) && !old.Contains(moved) ? moved : null);
        var lost = old.Where(node => !_taken.Contains(node)).ToList();
        Pass(found, parts, (part, _) => part.Name.Length == 0 ? null : lost.Find(node => node.Parameter.Name == part.Name && !_taken.Contains(node)));
        Pass(found, parts, (_, index) => index < old.Count && !_taken.Contains(old[index]) && parts.Count <= old.Count ? old[index] : null);
        return [.. found.Select(node => node ?? new RowNode(_nextKey++) { Expanded = _started })];
    }

    private void Pass(RowNode?[] found, IReadOnlyList<ApiParameter> parts, Func<ApiParameter, int, RowNode?> find)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (found[i] is null && find(parts[i], i) is { } node)
            {
                found[i] = node;
                _taken.Add(node);
            }
        }
    }

    private bool Is(RowNode node, ApiParameter part) => ReferenceEquals(node.Parameter, part) && !_taken.Contains(node);

    private Dictionary<ApiParameter, RowNode> Known()
    {
        var known = new Dictionary<ApiParameter, RowNode>(ReferenceEqualityComparer.Instance);
        foreach (var node in All())
        {
            known.TryAdd(node.Parameter, node);
        }

        return known;
    }
}
