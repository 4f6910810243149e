using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;
using Part = AvaConsole.Core.Schemas.Validation.Gateway.GatewayCompiler.Part;

namespace AvaConsole.Core.Schemas.Validation.Gateway;

/// <summary>The gateway's keywords that hold other schemas, or change the request.</summary>
internal sealed class GatewayKeywords(GatewayCompiler compiler, List<Problem> problems, GatewaySchema result, Part schema)
{
    /// <summary>Every keyword that is acted on.</summary>
    public static readonly HashSet<string> All = new(StringComparer.Ordinal)
    {
        "additionalProperties", "allOf", "anyOf", "case", "children", "const", "constVal", "default", "defaultVal", "delete", "dependencies",
        "else", "enum", "enums", "error", "format", "formatVal", "if", "items", "keyMatch", "maxB64DLen", "maximum", "maxLength", "minB64DLen",
        "minimum", "minLength", "minProperties", "multipleOf", "not", "oneOf", "pattern", "properties", "replaceKey", "required", "setVal",
        "switch", "then", "type",
    };

    private static readonly SchemaNode s_never = new() { IsNever = true, Types = TypeMask.None };

    public void Fill()
    {
        FillObject();
        FillChanges();
        if (schema.Has("items") is { } items && items.Is(JsonValueKind.Object, compiler, "items", "schema"))
        {
            result.Items = compiler.Compile(items.Value, items.Place);
            result.Node.Arrays ??= new ArrayRules();
            result.Node.Arrays.Items = result.Items.Node;
        }

        if (schema.Has("const") is { } constant)
        {
            Add(new GatewayConstRule(constant.Value));
        }

        if (schema.Has("error") is { } error)
        {
            Add(new StatedErrorRule(error.Value));
        }

        FillCombinations();
        FillSwitch();
    }

    private void Add(InPlaceRule rule) => result.Node.InPlace = [.. result.Node.InPlace, rule];

    private GatewaySchema? Schema(string keyword) => schema.Has(keyword) is { } part ? compiler.Compile(part.Value, part.Place) : null;

    private List<(string Name, Part Part)> Members(string keyword)
    {
        if (schema.Has(keyword) is not { } map || !map.Is(JsonValueKind.Object, compiler, keyword, "object"))
        {
            return [];
        }

        return [.. map.Value.EnumerateObject().DistinctBy(member => member.Name).Select(member => (member.Name, map.Of(member.Name, member.Value)))];
    }

    private void FillObject()
    {
        foreach (var (name, part) in Members("properties"))
        {
            result.Members[name] = compiler.Compile(part.Value, part.Place);
        }

        var properties = result.Members.Select(member => (member.Key, member.Value)).ToList();
        var additional = Additional();
        FillRequired(isClosed: additional is { IsNever: true });
        foreach (var (name, part) in Members("children"))
        {
            result.Members.TryAdd(name, compiler.Compile(part.Value, part.Place));
            Add(new ChildRule(name, result.Members[name].Node));
        }

        foreach (var (name, part) in Members("keyMatch"))
        {
            Add(new KeyMatchRule(name, part.Value));
        }

        var names = new OrderedDictionary<string, SchemaNode?>(StringComparer.Ordinal);
        properties.ForEach(member => names[member.Key] = member.Value.Node);
        var dependencies = Dependencies(names);
        var rules = new ObjectRules
        {
            Names = new NameTable([.. names.Keys]),
            Properties = [.. names.Values],
            Dependencies = dependencies,
            AdditionalProperties = additional,
            MinProperties = compiler.Count(schema, "minProperties", 0),
        };
        result.Node.Objects = rules.IsEmpty ? null : rules;
    }

    /// <summary>Objects with <c>properties</c> are closed unless they say otherwise.</summary>
    private SchemaNode? Additional()
    {
        if (schema.Has("additionalProperties") is not { } given)
        {
            return schema.Has("properties") is null ? null : s_never;
        }

        return given.Value.ValueKind switch
        {
            JsonValueKind.True => null,
            JsonValueKind.False => schema.Has("properties") is null ? null : s_never,
            _ => compiler.Compile(given.Value, given.Place).Node,
        };
    }

    private void FillRequired(bool isClosed)
    {
        if (schema.Has("required") is not { } list)
        {
            return;
        }

        foreach (var name in Strings(list, "required"))
        {
            if (isClosed && !result.Members.ContainsKey(name))
            {
                problems.Add(new Problem(list.Place, "gateway_schema.required_unknown", name));
            }

            if (!result.Members.TryGetValue(name, out var member) || (member.ConstVal is null && member.DefaultVal is null))
            {
                Add(new GatewayRequiredRule(name, [.. result.Members.Where(one => one.Value.ReplaceKey == name).Select(one => one.Key)]));
            }
        }
    }

    private List<string> Strings(Part list, string keyword)
    {
        if (list.Value.ValueKind == JsonValueKind.Array && list.Value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String))
        {
            return [.. list.Value.EnumerateArray().Select(name => name.GetString()!)];
        }

        compiler.Bad(list, keyword, "array of strings");
        return [];
    }

    private Dependency[] Dependencies(OrderedDictionary<string, SchemaNode?> names)
    {
        var found = new List<Dependency>();
        foreach (var (name, part) in Members("dependencies"))
        {
            found.Add(new Dependency(IndexOf(names, name), [.. Strings(part, "dependencies").Select(one => IndexOf(names, one))]));
        }

        return [.. found];
    }

    private static int IndexOf(OrderedDictionary<string, SchemaNode?> names, string name)
    {
        names.TryAdd(name, null);
        return names.IndexOf(name);
    }

    private void FillChanges()
    {
        result.ConstVal = schema.Has("constVal")?.Value;
        result.DefaultVal = schema.Has("defaultVal")?.Value;
        result.ReplaceKey = Text("replaceKey");
        result.FormatVal = Text("formatVal");
        foreach (var (path, part) in Members("setVal"))
        {
            if (part.Value.ValueKind == JsonValueKind.Object
                && !(part.Value.TryGetProperty("func", out var name) && GatewayPaths.Functions.Contains(name.ToString())))
            {
                compiler.Bad(part, "setVal", "append, add");
            }

            result.Sets.Add((path, part.Value));
        }

        if (schema.Has("delete") is { } deleted)
        {
            result.Deletes.AddRange(Strings(deleted, "delete"));
        }
    }

    private string? Text(string keyword) =>
        schema.Has(keyword) is { } part && part.Is(JsonValueKind.String, compiler, keyword, "string") ? part.Value.GetString() : null;

    private void FillCombinations()
    {
        foreach (var keyword in (ReadOnlySpan<string>)["anyOf", "oneOf"])
        {
            if (schema.Has(keyword) is { } list && list.Is(JsonValueKind.Array, compiler, keyword, "array"))
            {
                compiler.Alternatives(result, list);
            }
        }

        if (schema.Has("allOf") is { } all && all.Is(JsonValueKind.Array, compiler, "allOf", "array"))
        {
            result.All.AddRange(all.Value.EnumerateArray().Select((one, index) => compiler.Compile(one, $"{all.Place}/{index}")));
            Add(new AllOfRule([.. result.All.Select(one => one.Node)]));
        }

        if (Schema("not") is { } not)
        {
            Add(new NotRule(not.Node));
        }

        (result.If, result.Then, result.Else) = (Schema("if"), Schema("then"), Schema("else"));
        if (result.If is not null)
        {
            Add(new ConditionRule(result.If.Node, result.Then?.Node, result.Else?.Node));
        }
    }

    private void FillSwitch()
    {
        result.Switch = Text("switch");
        foreach (var (name, part) in Members("case"))
        {
            result.Cases[name] = compiler.Compile(part.Value, part.Place);
        }

        // The else-branch of switch, not a value: JSON Schema's default would break the file.
        if (schema.Has("default") is { } usual && usual.Is(JsonValueKind.Object, compiler, "default", "schema"))
        {
            result.Default = compiler.Compile(usual.Value, usual.Place);
        }

        if (result.Switch is not null)
        {
            Add(new SwitchRule(result.Switch, result.Cases.ToDictionary(one => one.Key, one => one.Value.Node), result.Default?.Node));
        }
    }
}

/// <summary><c>children</c>: the schema of a member that may be there.</summary>
internal sealed class ChildRule(string name, SchemaNode schema) : InPlaceRule
{
    private readonly NameTable _name = new([name]);

    public override bool Evaluate(ref ValidationRun run, int row)
    {
        var member = run.Rows[row].Kind == JsonKind.Object ? GatewayText.Member(ref run, row, _name) : -1;
        return member < 0 || schema.Evaluate(ref run, member);
    }
}
