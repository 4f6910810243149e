using System.Text;
using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>A path of the base with its counterpart.</summary>
/// <param name="ParameterNames">The base's parameter names to the revision's; empty where the paths are spelt alike.</param>
internal sealed record PathPair(PathItem From, PathItem To, IReadOnlyDictionary<string, string> ParameterNames);

/// <summary>Pairs the paths of two documents: spelt alike, or alike but for the names in braces.</summary>
internal sealed class PathMatch
{
    private static readonly Dictionary<string, string> s_sameNames = [];

    public PathMatch(IReadOnlyList<PathItem> from, IReadOnlyList<PathItem> to)
    {
        var newer = new Index(to);
        foreach (var item in from)
        {
            if (newer.Find(item.Name) is { } match)
            {
                Pairs.Add(new PathPair(item, match.Item, match.Names));
            }
            else
            {
                Removed.Add(item);
            }
        }

        var older = new Index(from);
        Added.AddRange(to.Where(item => older.Find(item.Name) is null));
    }

    public List<PathPair> Pairs { get; } = [];

    public List<PathItem> Added { get; } = [];

    public List<PathItem> Removed { get; } = [];

    private sealed class Index
    {
        private readonly Dictionary<string, PathItem> _byName = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (PathItem Item, List<string> Names)> _byShape = new(StringComparer.Ordinal);

        public Index(IReadOnlyList<PathItem> items)
        {
            foreach (var item in items)
            {
                _byName[item.Name] = item;
                var (shape, names) = Template(item.Name);
                _byShape.TryAdd(shape, (item, names));
            }
        }

        public (PathItem Item, IReadOnlyDictionary<string, string> Names)? Find(string path)
        {
            if (_byName.TryGetValue(path, out var same))
            {
                return (same, s_sameNames);
            }

            var (shape, names) = Template(path);
            return _byShape.TryGetValue(shape, out var found) && found.Names.Count == names.Count
                ? (found.Item, Map(names, found.Names))
                : null;
        }

        private static Dictionary<string, string> Map(List<string> from, List<string> to)
        {
            var map = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var index = 0; index < from.Count; index++)
            {
                map[from[index]] = to[index];
            }

            return map;
        }

        // "/users/{id}/files/{name*}" has the shape "/users/{}/files/{*}" and the names "id" and "name*".
        private static (string Shape, List<string> Names) Template(string path)
        {
            var shape = new StringBuilder(path.Length);
            var names = new List<string>();
            for (var position = 0; position < path.Length; position++)
            {
                var end = path[position] == '{' ? path.IndexOf('}', position) : -1;
                if (end < 0)
                {
                    shape.Append(path[position]);
                    continue;
                }

                var name = path[(position + 1)..end];
                names.Add(name);
                shape.Append(name.EndsWith('*') ? "{*}" : "{}");
                position = end;
            }

            return (shape.ToString(), names);
        }
    }
}
