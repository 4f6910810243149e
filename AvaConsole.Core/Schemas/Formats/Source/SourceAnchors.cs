namespace AvaConsole.Core.Schemas.Formats.Source;

/// <summary>Finds what a reference within one document leads to: a JSON pointer, an <c>$anchor</c> or an <c>$id</c>.</summary>
internal sealed class SourceAnchors(SourceNode root)
{
    private Dictionary<string, SourceNode>? _named;

    /// <summary>Null where the document has no such place, another document among them.</summary>
    public SourceNode? Find(string reference)
    {
        if (reference is "#" or "")
        {
            return root;
        }

        if (reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return At(root, reference[1..]);
        }

        _named ??= Collect(root);
        if (_named.TryGetValue(reference, out var named))
        {
            return named;
        }

        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        return hash > 0 && _named.TryGetValue(reference[..hash], out var resource)
            ? hash + 1 == reference.Length ? resource : At(resource, reference[(hash + 1)..])
            : null;
    }

    private static SourceNode? At(SourceNode? node, string pointer)
    {
        foreach (var step in Uri.UnescapeDataString(pointer).Split('/').Skip(1))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node switch
            {
                SourceObject members => members[name],
                SourceArray items when int.TryParse(name, out var index) && index >= 0 && index < items.Items.Count => items.Items[index],
                _ => null,
            };
            if (node is null)
            {
                return null;
            }
        }

        return node;
    }

    private static Dictionary<string, SourceNode> Collect(SourceNode root)
    {
        var named = new Dictionary<string, SourceNode>(StringComparer.Ordinal);
        var open = new Stack<SourceNode>([root]);
        while (open.TryPop(out var node))
        {
            if (node is SourceObject members)
            {
                if (members.Text("$anchor") is { } anchor)
                {
                    named.TryAdd("#" + anchor, node);
                }

                if (members.Text("$id") is { Length: > 0 } id)
                {
                    named.TryAdd(id.TrimEnd('#'), node);
                }

                foreach (var member in members.Members)
                {
                    open.Push(member.Value);
                }
            }
            else if (node is SourceArray items)
            {
                foreach (var item in items.Items)
                {
                    open.Push(item);
                }
            }
        }

        return named;
    }
}
