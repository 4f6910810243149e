using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Parameters in the words of ASE, OpenAPI and JSON Schema.</summary>
internal static class ParameterWriter
{
    /// <summary>Extension that keeps what the format has no word for.</summary>
    public const string Marker = "x-ava";

    /// <summary>Members of a parameter that have a place of their own: its name, its members and its element.</summary>
    public static IReadOnlyList<string> Nested { get; } = ["name", "required", "properties", "open", "items"];

    public static JsonObject Write(ApiParameter parameter, SchemaDialect dialect)
    {
        var written = Own(parameter, dialect);
        // ASE has a word for everything.
        var difference = dialect == SchemaDialect.Ase ? null : Difference(parameter, written, dialect);
        AddMembers(written, parameter.Properties, dialect);
        AddOpenness(written, parameter, dialect);
        if (parameter.Items is { } items)
        {
            written["items"] = Write(items, dialect);
        }
        else if (dialect == SchemaDialect.OpenApi30 && parameter.Type == ParameterTypes.Array)
        {
            written["items"] = new JsonObject();
        }

        if (dialect == SchemaDialect.Webgate)
        {
            GatewayMarker.Add(written, difference);
        }
        else
        {
            AddIfAny(written, Marker, difference);
        }

        return written;
    }

    /// <summary><c>properties</c> and <c>required</c> of an object, where it has any members.</summary>
    public static void AddMembers(JsonObject written, IReadOnlyList<ApiParameter> members, SchemaDialect dialect)
    {
        if (members.Count == 0)
        {
            return;
        }

        var properties = new JsonObject();
        foreach (var member in members)
        {
            properties[member.Name] = Write(member, dialect);
        }

        written["properties"] = properties;
        AddIfAny(written, "required", Names(members.Where(member => member.Required).Select(member => member.Name)));
    }

    /// <summary>A sequence of names; null for none.</summary>
    public static JsonArray? Names(IEnumerable<string> names)
    {
        var array = new JsonArray([.. names.Select(name => (JsonNode)JsonValue.Create(name))]);
        return array.Count > 0 ? array : null;
    }

    public static void AddIfAny(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }

    public static void AddIfAny(JsonObject target, string name, string text)
    {
        if (text.Length > 0)
        {
            target[name] = text;
        }
    }

    /// <summary>Everything but what <see cref="Nested"/> names.</summary>
    public static JsonObject Own(ApiParameter parameter, SchemaDialect dialect)
    {
        if (dialect == SchemaDialect.Webgate)
        {
            return GatewayParameter.Own(parameter);
        }

        var written = new JsonObject();
        var nullable = parameter.Nullable;
        written["type"] = nullable && dialect == SchemaDialect.JsonSchema ? new JsonArray(parameter.Type, "null") : parameter.Type;
        AddIfAny(written, "format", parameter.Format);
        AddIfAny(written, "title", parameter.Title);
        AddIfAny(written, "description", parameter.Description);
        AddIfAny(written, "nullable", nullable && dialect != SchemaDialect.JsonSchema ? true : null);
        AddIfAny(written, "deprecated", parameter.Deprecated ? true : null);
        AddBounds(written, parameter, dialect);
        AddIfAny(written, "multipleOf", Number(parameter.MultipleOf));
        AddIfAny(written, "minLength", parameter.MinLength);
        AddIfAny(written, "maxLength", parameter.MaxLength);
        AddIfAny(written, "pattern", parameter.Pattern);
        AddIfAny(written, "minItems", parameter.MinItems);
        AddIfAny(written, "maxItems", parameter.MaxItems);
        AddIfAny(written, "uniqueItems", parameter.UniqueItems ? true : null);
        AddValues(written, parameter, dialect);
        return written;
    }

    private static JsonObject? Difference(ApiParameter parameter, JsonObject own, SchemaDialect dialect)
    {
        var read = ParameterReader.Own((SourceObject)SourceNode.From(own), dialect, new ImportLog());
        // Most parameters are said in full; that is seen without comparing their JSON.
        return parameter with { Name = "", Required = false, Properties = [], Open = false, Items = null } == read with { Properties = [], Enum = Same(read.Enum, parameter.Enum) }
            ? null
            : ModelMembers.Difference(parameter, read, Nested);
    }

    private static IReadOnlyList<string> Same(IReadOnlyList<string> read, IReadOnlyList<string> wanted) => read.SequenceEqual(wanted) ? wanted : read;

    private static void AddBounds(JsonObject written, ApiParameter parameter, SchemaDialect dialect)
    {
        var (minimum, exclusiveMinimum) = (parameter.Minimum, parameter.ExclusiveMinimum);
        var (maximum, exclusiveMaximum) = (parameter.Maximum, parameter.ExclusiveMaximum);
        if (dialect != SchemaDialect.OpenApi30)
        {
            AddIfAny(written, "minimum", Number(minimum));
            AddIfAny(written, "maximum", Number(maximum));
            AddIfAny(written, "exclusiveMinimum", Number(exclusiveMinimum));
            AddIfAny(written, "exclusiveMaximum", Number(exclusiveMaximum));
            return;
        }

        // One bound a side, and a word that makes it exclusive: of two, the one that lets less pass.
        var (below, above) = (exclusiveMinimum is not null && !(minimum > exclusiveMinimum), exclusiveMaximum is not null && !(maximum < exclusiveMaximum));
        AddIfAny(written, "minimum", Number(below ? exclusiveMinimum : minimum));
        AddIfAny(written, "exclusiveMinimum", below ? true : null);
        AddIfAny(written, "maximum", Number(above ? exclusiveMaximum : maximum));
        AddIfAny(written, "exclusiveMaximum", above ? true : null);
    }

    private static void AddValues(JsonObject written, ApiParameter parameter, SchemaDialect dialect)
    {
        var exact = dialect == SchemaDialect.Ase;
        if (parameter.Enum.Count > 0)
        {
            var values = new JsonArray([.. parameter.Enum.Select(value => ParameterValues.Typed(parameter.Type, value, exact))]);
            if (parameter.Nullable && !exact)
            {
                values.Add(null);
            }

            written["enum"] = values;
        }

        AddIfAny(written, "default", parameter.Default.Length == 0 ? null : ParameterValues.Typed(parameter.Type, parameter.Default, exact));
        var example = parameter.Example.Length == 0 ? null : ParameterValues.Typed(parameter.Type, parameter.Example, exact);
        if (dialect == SchemaDialect.JsonSchema)
        {
            AddIfAny(written, "examples", example is null ? null : new JsonArray(example));
        }
        else
        {
            AddIfAny(written, "example", example);
        }
    }

    private static void AddOpenness(JsonObject written, ApiParameter parameter, SchemaDialect dialect)
    {
        var closedUnlessSaid = dialect is SchemaDialect.Ase or SchemaDialect.Webgate;
        // The gateway's objects are closed even where they have no members.
        var isAny = dialect == SchemaDialect.Webgate && parameter is { Type: ParameterTypes.Object, Properties.Count: 0 };
        if (isAny || (parameter.Open && (closedUnlessSaid || parameter.Properties.Count == 0)))
        {
            written["additionalProperties"] = true;
        }
        else if (!parameter.Open && !closedUnlessSaid && parameter.Properties.Count > 0)
        {
            written["additionalProperties"] = false;
        }
    }

    private static JsonValue? Number(decimal? value) => value is { } number ? JsonValue.Create(ParameterText.Normalize(number)) : null;
}
