using AvaConsole.Core.Schemas.Validation.Engine;

namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>Schemas that always refer back to themselves without going into the value: validation of anything would never end.</summary>
internal static class ReferenceLoops
{
    public static void Find(IEnumerable<SchemaNode> nodes, Action<SchemaNode> report)
    {
        var done = new HashSet<SchemaNode>();
        foreach (var start in nodes)
        {
            if (!done.Contains(start))
            {
                Follow(start, done, report);
            }
        }
    }

    private static void Follow(SchemaNode start, HashSet<SchemaNode> done, Action<SchemaNode> report)
    {
        var onPath = new HashSet<SchemaNode> { start };
        var path = new Stack<(SchemaNode Node, IEnumerator<SchemaNode> Next)>();
        path.Push((start, Next(start)));
        while (path.TryPeek(out var top))
        {
            if (!top.Next.MoveNext())
            {
                path.Pop();
                onPath.Remove(top.Node);
                done.Add(top.Node);
            }
            else if (onPath.Contains(top.Next.Current))
            {
                report(top.Next.Current);
                done.UnionWith(onPath);
                return;
            }
            else if (!done.Contains(top.Next.Current))
            {
                onPath.Add(top.Next.Current);
                path.Push((top.Next.Current, Next(top.Next.Current)));
            }
        }
    }

    private static IEnumerator<SchemaNode> Next(SchemaNode node) => node.InPlace.SelectMany(rule => rule.Always).GetEnumerator();
}
