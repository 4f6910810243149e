using System.Text.Json;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Patterns;

namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>Reads what a schema asks of objects.</summary>
internal sealed class ObjectKeywords(SchemaCompiler compiler, SchemaLocation place, SchemaReader reader)
{
    private readonly OrderedDictionary<string, SchemaNode?> _names = new(StringComparer.Ordinal);
    private readonly List<Dependency> _dependencies = [];
    private readonly List<DependentSchema> _schemas = [];

    private SchemaDialect Dialect => place.Resource.Dialect;

    /// <summary>Null where nothing is asked.</summary>
    public ObjectRules? Read()
    {
        foreach (var (name, schema) in reader.Map("properties"))
        {
            _names[name] = compiler.NodeOf(schema);
        }

        var required = Dialect.Validates ? reader.Names("required").Select(IndexOf).ToArray() : [];
        ReadDependencies();
        var patterns = ReadPatterns();
        var rules = new ObjectRules
        {
            Names = new NameTable([.. _names.Keys]),
            Properties = [.. _names.Values],
            Required = required,
            Dependencies = [.. _dependencies],
            DependentSchemas = [.. _schemas],
            PatternProperties = patterns,
            AdditionalProperties = reader.Schema("additionalProperties"),
            PropertyNames = Dialect.Draft > SchemaDraft.Draft4 ? reader.Schema("propertyNames") : null,
            MinProperties = Dialect.Validates ? reader.Count("minProperties", 0) : 0,
            MaxProperties = Dialect.Validates ? reader.Count("maxProperties", int.MaxValue) : int.MaxValue,
        };
        return rules.IsEmpty ? null : rules;
    }

    private int IndexOf(string name)
    {
        _names.TryAdd(name, null);
        return _names.IndexOf(name);
    }

    private (PatternMatcher, SchemaNode)[] ReadPatterns()
    {
        var patterns = new List<(PatternMatcher, SchemaNode)>();
        foreach (var (source, schema) in reader.Map("patternProperties"))
        {
            if (reader.Pattern("patternProperties", source) is { } matcher)
            {
                patterns.Add((matcher, compiler.NodeOf(schema)));
            }
        }

        return [.. patterns];
    }

    private void ReadDependencies()
    {
        if (Dialect.Draft >= SchemaDraft.Draft201909)
        {
            foreach (var (name, names) in Dialect.Validates ? reader.Map("dependentRequired") : [])
            {
                _dependencies.Add(new Dependency(IndexOf(name), [.. reader.Names(names).Select(IndexOf)]));
            }

            foreach (var (name, schema) in reader.Map("dependentSchemas"))
            {
                _schemas.Add(new DependentSchema(IndexOf(name), compiler.NodeOf(schema)));
            }
        }

        // Not a keyword since 2019-09, but in wide use: both forms.
        foreach (var (name, value) in reader.Map("dependencies"))
        {
            if (value.Schema.ValueKind == JsonValueKind.Array)
            {
                _dependencies.Add(new Dependency(IndexOf(name), [.. reader.Names(value).Select(IndexOf)]));
            }
            else
            {
                _schemas.Add(new DependentSchema(IndexOf(name), compiler.NodeOf(value)));
            }
        }
    }
}
