namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>A place below a compared schema where something differs.</summary>
/// <param name="Path">What leads to the place, as a caller writes it: <c>address/street</c>, <c>list/items</c>.</param>
/// <param name="Name">Name of the property; empty for a subschema of another kind.</param>
/// <param name="Parent">The difference that holds this one.</param>
/// <param name="Pointer">JSON pointer in the revision.</param>
internal sealed record SchemaStep(string Path, string Name, SchemaDelta Delta, SchemaDelta Parent, string Pointer)
{
    public string FullName => SchemaWalk.Join(Path, Name);
}

/// <summary>The places below a difference where something differs, in an order that does not change from run to run.</summary>
internal static class SchemaWalk
{
    /// <summary>Every place below <paramref name="root"/>, itself left out.</summary>
    public static IEnumerable<SchemaStep> Below(SchemaDelta root, string pointer) => Children(root, "", pointer);

    /// <summary>A path and what follows in it; either may be empty.</summary>
    public static string Join(string path, string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}/{name}";

    private static IEnumerable<SchemaStep> Children(SchemaDelta delta, string path, string pointer)
    {
        foreach (var step in Steps(delta, path, pointer))
        {
            yield return step;
            foreach (var below in Children(step.Delta, step.FullName, step.Pointer))
            {
                yield return below;
            }
        }
    }

    private static IEnumerable<SchemaStep> Steps(SchemaDelta delta, string path, string pointer)
    {
        foreach (var (keyword, list) in delta.Lists)
        {
            foreach (var pair in list.Changed)
            {
                yield return new SchemaStep(Join(path, $"{keyword}[{pair.Name}]"), "", pair.Delta, delta, $"{pointer}/{keyword}/{pair.ToIndex}");
            }
        }

        foreach (var (keyword, map) in delta.Maps.Where(pair => pair.Key != "$defs"))
        {
            foreach (var (name, changed) in map.Changed.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                var into = $"{pointer}/{keyword}/{Escape(name)}";
                yield return keyword == "properties"
                    ? new SchemaStep(path, name, changed, delta, into)
                    : new SchemaStep(Join(path, $"{keyword}[{name}]"), "", changed, delta, into);
            }
        }

        foreach (var (keyword, single) in delta.Singles)
        {
            yield return new SchemaStep(Join(path, keyword), "", single, delta, $"{pointer}/{keyword}");
        }
    }

    internal static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    internal static string Unescape(string segment) => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
