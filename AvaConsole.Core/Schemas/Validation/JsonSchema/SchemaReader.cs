using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;
using AvaConsole.Core.Schemas.Validation.Patterns;

namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>The values of one schema's keywords; one of the wrong kind is a problem with the schema.</summary>
internal sealed class SchemaReader(SchemaCompiler compiler, SchemaLocation place)
{
    public bool Has(string keyword) => place.Schema.TryGetProperty(keyword, out _);

    public bool Has(string keyword, out JsonElement value) => place.Schema.TryGetProperty(keyword, out value);

    /// <param name="expected">What the keyword takes, as the message names it.</param>
    public void Bad(string keyword, string expected) => compiler.Report(At(keyword), "json_schema.bad_keyword", keyword, expected);

    public string? Text(string keyword)
    {
        if (!Has(keyword, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Bad(keyword, "string");
        return null;
    }

    public bool Flag(string keyword)
    {
        if (Has(keyword, out var value) && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Bad(keyword, "boolean");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    public string? Number(string keyword)
    {
        if (!Has(keyword, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.GetRawText();
        }

        Bad(keyword, "number");
        return null;
    }

    public int Count(string keyword, int otherwise)
    {
        if (!Has(keyword, out var value))
        {
            return otherwise;
        }

        if (value.ValueKind == JsonValueKind.Number && JsonNumber.Parse(value.GetRawText()) is { IsInteger: true, Sign: >= 0 } number)
        {
            return number.TryGetSmall(out var small) && small <= int.MaxValue ? (int)small : int.MaxValue;
        }

        Bad(keyword, "integer >= 0");
        return otherwise;
    }

    public SchemaNode? Schema(string keyword) => Has(keyword, out var value) ? compiler.NodeOf(place.Child(keyword, value)) : null;

    public SchemaNode[] Schemas(string keyword)
    {
        if (!Has(keyword, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Bad(keyword, "array");
            return [];
        }

        var list = At(keyword);
        return [.. value.EnumerateArray().Select((schema, index) => compiler.NodeOf(list.Child(index.ToString(System.Globalization.CultureInfo.InvariantCulture), schema)))];
    }

    /// <summary>The members of a keyword that holds a map; the last of two with one name.</summary>
    public IReadOnlyList<(string Name, SchemaLocation Place)> Map(string keyword)
    {
        if (!Has(keyword, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Bad(keyword, "object");
            return [];
        }

        var map = At(keyword);
        var members = new OrderedDictionary<string, SchemaLocation>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            members[member.Name] = map.Child(member.Name, member.Value);
        }

        return [.. members.Select(member => (member.Key, member.Value))];
    }

    public IReadOnlyList<string> Names(SchemaLocation list)
    {
        if (list.Schema.ValueKind != JsonValueKind.Array || list.Schema.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            compiler.Report(list, "json_schema.bad_keyword", "required", "array of strings");
            return [];
        }

        return [.. list.Schema.EnumerateArray().Select(name => name.GetString()!).Distinct(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> Names(string keyword) => Has(keyword, out _) ? Names(At(keyword)) : [];

    public PatternMatcher? Pattern(string keyword, string source)
    {
        var pattern = PatternMatcher.Compile(source);
        if (pattern.IsSuccess)
        {
            return pattern.Value;
        }

        var problem = ((InvalidError)pattern.Error).Problems[0];
        compiler.Report(At(keyword), problem.Code, problem.Args);
        return null;
    }

    private SchemaLocation At(string keyword) => place.Child(keyword, place.Schema.GetProperty(keyword));
}
