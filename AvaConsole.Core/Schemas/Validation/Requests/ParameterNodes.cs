using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;
using AvaConsole.Core.Schemas.Validation.Patterns;

namespace AvaConsole.Core.Schemas.Validation.Requests;

/// <summary>Parameters of an API as compiled schemas. What cannot be understood of one constrains nothing: lint has said so.</summary>
internal static class ParameterNodes
{
    private const int MaxStringLength = 1_048_576;
    private const int MaxItems = 10_000;
    private const int MaxEnumShown = 20;

    private static readonly SchemaNode s_never = new() { IsNever = true, Types = TypeMask.None };

    /// <summary>An object of parameters.</summary>
    /// <param name="isOpen">Members that are not declared are allowed.</param>
    public static SchemaNode Object(IReadOnlyList<ApiParameter> members, bool isOpen = false)
    {
        var distinct = members.DistinctBy(member => member.Name, StringComparer.Ordinal).ToList();
        return Closed([.. distinct.Select(member => (member.Name, Parameter(member)))], isOpen, distinct.Index().Where(one => one.Item.Required).Select(one => one.Index));
    }

    /// <summary>An object with these members only.</summary>
    public static SchemaNode Closed(IReadOnlyList<(string Name, SchemaNode Schema)> members, bool isOpen = false, IEnumerable<int>? required = null) => new()
    {
        Types = TypeMask.Object,
        TypeNames = ParameterTypes.Object,
        Objects = new ObjectRules
        {
            Names = new NameTable([.. members.Select(member => member.Name)]),
            Properties = [.. members.Select(member => member.Schema)],
            Required = [.. required ?? []],
            AdditionalProperties = isOpen ? null : s_never,
        },
    };

    public static SchemaNode String(int? minLength = null, int? maxLength = null) => new()
    {
        Types = TypeMask.String,
        TypeNames = ParameterTypes.String,
        Strings = new StringRules { MinLength = minLength ?? 0, MaxLength = Math.Min(maxLength ?? MaxStringLength, MaxStringLength) },
    };

    /// <summary>One of some numbers.</summary>
    public static SchemaNode OneOf(IReadOnlyList<int> numbers) => new()
    {
        Types = TypeMask.Integer,
        TypeNames = ParameterTypes.Integer,
        Values = numbers.Count == 0 ? null : new ValueSet(Keyword.Enum, [.. numbers.Select(number => ParameterText.Format(number))]),
    };

    public static SchemaNode Range(int least, int most)
    {
        var rules = new NumberRules();
        rules.AddBound(Keyword.Minimum, ParameterText.Format(least));
        rules.AddBound(Keyword.Maximum, ParameterText.Format(most));
        return new SchemaNode { Types = TypeMask.Integer, TypeNames = ParameterTypes.Integer, Numbers = rules };
    }

    public static SchemaNode Parameter(ApiParameter parameter)
    {
        var node = parameter.Type switch
        {
            ParameterTypes.String => Text(parameter),
            ParameterTypes.Integer or ParameterTypes.Number => Number(parameter),
            ParameterTypes.Boolean => new SchemaNode { Types = TypeMask.Boolean },
            ParameterTypes.Object when parameter.Properties.Count > 0 => Object(parameter.Properties, parameter.Open),
            ParameterTypes.Object => new SchemaNode { Types = TypeMask.Object },
            ParameterTypes.Array => Array(parameter),
            _ => new SchemaNode(),
        };
        node.TypeNames = parameter.Type;
        node.Types |= parameter.Nullable ? TypeMask.Null : TypeMask.None;
        node.Values = Values(parameter);
        return node;
    }

    private static ValueSet? Values(ApiParameter parameter)
    {
        var allowed = new List<string>();
        foreach (var text in parameter.Enum)
        {
            if (ParameterText.TryParse(parameter.Type, text, out var value))
            {
                allowed.Add(value!.ToJsonString());
            }
        }

        return allowed.Count == 0 ? null : new ValueSet(Keyword.Enum, allowed, parameter.Nullable, string.Join(", ", parameter.Enum.Take(MaxEnumShown)));
    }

    private static SchemaNode Text(ApiParameter parameter)
    {
        var node = String(parameter.MinLength, parameter.MaxLength);
        if (parameter.Pattern.Length > 0 && PatternMatcher.Compile(parameter.Pattern) is { IsSuccess: true } pattern)
        {
            node.Strings!.Patterns.Add(pattern.Value);
        }

        return node;
    }

    private static SchemaNode Number(ApiParameter parameter)
    {
        var rules = new NumberRules { RefusesHuge = true };
        var (least, most) = (parameter.Type, parameter.Format) switch
        {
            (ParameterTypes.Integer, "int32") => (int.MinValue, int.MaxValue),
            (ParameterTypes.Integer, _) => (long.MinValue, long.MaxValue),
            _ => (default(decimal?), default(decimal?)),
        };
        Bound(rules, Keyword.Minimum, parameter.Minimum < least ? least : parameter.Minimum ?? least);
        Bound(rules, Keyword.Maximum, parameter.Maximum > most ? most : parameter.Maximum ?? most);
        Bound(rules, Keyword.ExclusiveMinimum, parameter.ExclusiveMinimum);
        Bound(rules, Keyword.ExclusiveMaximum, parameter.ExclusiveMaximum);
        if (parameter.MultipleOf > 0)
        {
            rules.AddDivisor(ParameterText.Format(parameter.MultipleOf.Value));
        }

        return new SchemaNode { Types = parameter.Type == ParameterTypes.Integer ? TypeMask.Integer : TypeMask.Number, Numbers = rules };
    }

    private static void Bound(NumberRules rules, Keyword keyword, decimal? bound)
    {
        if (bound is not null)
        {
            rules.AddBound(keyword, ParameterText.Format(bound.Value));
        }
    }

    private static SchemaNode Array(ApiParameter parameter) => new()
    {
        Types = TypeMask.Array,
        Arrays = new ArrayRules
        {
            MinItems = parameter.MinItems ?? 0,
            MaxItems = Math.Min(parameter.MaxItems ?? MaxItems, MaxItems),
            UniqueItems = parameter.UniqueItems,
            Items = parameter.Items is null ? null : Parameter(parameter.Items),
        },
    };
}
