using AvaConsole.Core.Schemas.Compatibility.Rules;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>Compares the schemas of two documents by oasdiff's rules.</summary>
internal sealed class SchemaComparer
{
    // One document names the same schema in many operations: each pair is compared once.
    private readonly Dictionary<(SchemaNode From, SchemaNode To), SchemaDelta> _deltas = [];

    /// <summary>
    /// Adds every change between two schemas of one place to <paramref name="sink"/>; nothing where one of them is missing,
    /// because a schema that appears or disappears is the business of the place that held it.
    /// </summary>
    public void Compare(SchemaSite site, SchemaView? from, SchemaView? to, ChangeSink sink)
    {
        if (from is null || to is null || ReferenceEquals(from.Node, to.Node))
            return;
        _deltas.TryAdd((from.Node, to.Node), new SchemaDelta(from.Node, to.Node));
    }
}
