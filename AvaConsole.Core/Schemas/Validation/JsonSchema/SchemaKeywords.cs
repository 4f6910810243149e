using System.Text.Json;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;
using AvaConsole.Core.Schemas.Validation.Patterns;
using AvaConsole.Core.Schemas.Validation.StringFormats;

namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>Reads the keywords of one schema into its node. What nobody knows is no rule.</summary>
internal sealed class SchemaKeywords(SchemaCompiler compiler, SchemaLocation place, bool assertFormats)
{
    private static readonly Dictionary<string, TypeMask> s_types = new(StringComparer.Ordinal)
    {
        ["null"] = TypeMask.Null,
        ["boolean"] = TypeMask.Boolean,
        ["number"] = TypeMask.Number,
        ["integer"] = TypeMask.Integer,
        ["string"] = TypeMask.String,
        ["array"] = TypeMask.Array,
        ["object"] = TypeMask.Object,
    };

    private readonly SchemaReader _reader = new(compiler, place);

    private SchemaDialect Dialect => place.Resource.Dialect;

    public void Fill(SchemaNode node)
    {
        var isAlone = Dialect.Draft <= SchemaDraft.Draft7 && _reader.Has("$ref");
        if (!isAlone)
        {
            if (Dialect.Validates)
            {
                FillTypes(node);
                FillValues(node);
                FillNumbers(node);
            }

            FillStrings(node);
            FillArrays(node);
            node.Objects = new ObjectKeywords(compiler, place, _reader).Read();
            if (Dialect.Draft >= SchemaDraft.Draft201909)
            {
                node.UnevaluatedItems = _reader.Schema("unevaluatedItems");
                node.UnevaluatedProperties = _reader.Schema("unevaluatedProperties");
            }
        }

        node.InPlace = [.. References(), .. isAlone ? [] : Combinations()];
    }

    private void FillTypes(SchemaNode node)
    {
        if (!_reader.Has("type", out var value))
        {
            return;
        }

        var names = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
        var types = TypeMask.None;
        foreach (var name in names)
        {
            if (name.ValueKind != JsonValueKind.String || !s_types.TryGetValue(name.GetString()!, out var type))
            {
                _reader.Bad("type", "null, boolean, integer, number, string, array, object");
                return;
            }

            types |= type;
        }

        (node.Types, node.TypeNames) = (types, string.Join(", ", names.Select(name => name.GetString())));
    }

    private void FillValues(SchemaNode node)
    {
        if (_reader.Has("enum", out var values))
        {
            if (values.ValueKind == JsonValueKind.Array)
            {
                node.Values = new ValueSet(Keyword.Enum, [.. values.EnumerateArray().Select(value => value.GetRawText())]);
            }
            else
            {
                _reader.Bad("enum", "array");
            }
        }

        if (_reader.Has("const", out var single) && Dialect.Draft > SchemaDraft.Draft4)
        {
            var values2 = new ValueSet(Keyword.Const, [single.GetRawText()]);
            (node.Values, node.MoreValues) = node.Values is null ? (values2, null) : (node.Values, values2);
        }
    }

    private void FillNumbers(SchemaNode node)
    {
        var rules = new NumberRules();
        var any = AddBound(rules, "minimum", "exclusiveMinimum", Keyword.Minimum, Keyword.ExclusiveMinimum);
        any |= AddBound(rules, "maximum", "exclusiveMaximum", Keyword.Maximum, Keyword.ExclusiveMaximum);
        if (_reader.Number("multipleOf") is { } divisor)
        {
            any = true;
            if (JsonNumber.Parse(divisor).Sign > 0)
            {
                rules.AddDivisor(divisor);
            }
            else
            {
                _reader.Bad("multipleOf", "number > 0");
            }
        }

        node.Numbers = any ? rules : null;
    }

    private bool AddBound(NumberRules rules, string inclusive, string exclusive, Keyword keyword, Keyword exclusiveKeyword)
    {
        // In draft 4 the exclusive keyword only says how the other is meant.
        var isExclusive = Dialect.Draft == SchemaDraft.Draft4 && _reader.Has(exclusive, out var flag) && flag.ValueKind == JsonValueKind.True;
        var (bound, beyond) = (_reader.Number(inclusive), Dialect.Draft == SchemaDraft.Draft4 ? null : _reader.Number(exclusive));
        if (bound is not null)
        {
            rules.AddBound(isExclusive ? exclusiveKeyword : keyword, bound);
        }

        if (beyond is not null)
        {
            rules.AddBound(exclusiveKeyword, beyond);
        }

        return bound is not null || beyond is not null;
    }

    private void FillStrings(SchemaNode node)
    {
        var rules = new StringRules();
        if (Dialect.Validates)
        {
            rules.MinLength = _reader.Count("minLength", 0);
            rules.MaxLength = _reader.Count("maxLength", int.MaxValue);
            if (_reader.Text("pattern") is { } pattern && _reader.Pattern("pattern", pattern) is { } matcher)
            {
                rules.Patterns.Add(matcher);
            }
        }

        if ((assertFormats || Dialect.AssertsFormat) && _reader.Text("format") is { } format && KnownFormats.Find(format) is { } check)
        {
            rules.Formats.Add(new StringFormat(format, check));
        }

        node.Strings = rules.IsEmpty ? null : rules;
    }

    private void FillArrays(SchemaNode node)
    {
        var rules = new ArrayRules();
        if (Dialect.Validates)
        {
            rules.MinItems = _reader.Count("minItems", 0);
            rules.MaxItems = _reader.Count("maxItems", int.MaxValue);
            rules.UniqueItems = _reader.Flag("uniqueItems");
            if (Dialect.Draft >= SchemaDraft.Draft201909)
            {
                rules.MinContains = _reader.Count("minContains", 1);
                rules.MaxContains = _reader.Count("maxContains", int.MaxValue);
            }
        }

        rules.Contains = Dialect.Draft > SchemaDraft.Draft4 ? _reader.Schema("contains") : null;
        rules.ContainsMarks = Dialect.Draft == SchemaDraft.Draft202012;
        if (Dialect.Draft == SchemaDraft.Draft202012)
        {
            rules.PrefixItems = _reader.Schemas("prefixItems");
            rules.Items = _reader.Schema("items");
        }
        else if (_reader.Has("items", out var items) && items.ValueKind == JsonValueKind.Array)
        {
            rules.PrefixItems = _reader.Schemas("items");
            rules.Items = _reader.Schema("additionalItems");
        }
        else
        {
            rules.Items = _reader.Schema("items");
        }

        node.Arrays = rules.IsEmpty ? null : rules;
    }

    private IEnumerable<InPlaceRule> References()
    {
        if (_reader.Text("$ref") is { } reference && compiler.Reference(place, "$ref", reference) is { } rule)
        {
            yield return rule;
        }

        if (Dialect.Draft == SchemaDraft.Draft202012 && _reader.Text("$dynamicRef") is { } dynamic && compiler.DynamicReference(place, "$dynamicRef", dynamic) is { } found)
        {
            yield return found;
        }

        if (Dialect.Draft == SchemaDraft.Draft201909
            && _reader.Text("$recursiveRef") is { } recursive
            && compiler.DynamicReference(place, "$recursiveRef", recursive, SchemaResource.Recursive) is { } again)
        {
            yield return again;
        }
    }

    private IEnumerable<InPlaceRule> Combinations()
    {
        if (_reader.Schemas("allOf") is { Length: > 0 } all)
        {
            yield return new AllOfRule(all);
        }

        if (_reader.Schemas("anyOf") is { Length: > 0 } any)
        {
            yield return new AnyOfRule(any);
        }

        if (_reader.Schemas("oneOf") is { Length: > 0 } one)
        {
            yield return new OneOfRule(one);
        }

        if (_reader.Schema("not") is { } not)
        {
            yield return new NotRule(not);
        }

        if (Dialect.Draft >= SchemaDraft.Draft7 && _reader.Schema("if") is { } condition)
        {
            yield return new ConditionRule(condition, _reader.Schema("then"), _reader.Schema("else"));
        }
    }
}
