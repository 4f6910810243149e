using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>Numbers within a parameter's bounds.</summary>
internal static class SampleNumber
{
    private const int MaxTried = 64;

    // Where to begin and which way to go; null for the bound.
    private static readonly (decimal? Start, int Direction)[] s_fromBelow = [(1, 1), (null, 1), (null, -1), (0, 1)];
    private static readonly (decimal? Start, int Direction)[] s_fromAbove = [(1, 1), (0, -1), (null, -1)];

    /// <summary>Numbers that may do, the most telling first. Another ordinal begins elsewhere, so that elements differ.</summary>
    public static IEnumerable<JsonNode> Make(ApiParameter parameter, int ordinal)
    {
        var (least, most) = Bounds(parameter);
        var step = parameter.MultipleOf is > 0 and var given ? given : parameter.Type == ParameterTypes.Integer ? 1 : 0.5m;
        var isOpenBelow = (parameter.Minimum ?? parameter.ExclusiveMinimum) is null;
        foreach (var (start, direction) in isOpenBelow ? s_fromAbove : s_fromBelow)
        {
            var first = start ?? (direction > 0 ? least : most);
            var inside = Enumerable
                .Range(0, first < least || first > most ? 0 : ordinal + MaxTried)
                .Select(index => At(first, step, index * direction))
                .Where(number => number is not null && IsInside(parameter, number.Value, least, most));
            foreach (var number in inside.Skip(ordinal))
            {
                yield return JsonValue.Create(ParameterText.Normalize(number!.Value));
            }
        }

        // Between two bounds that are nearer than a step.
        if (parameter.MultipleOf is not > 0 && parameter.Type == ParameterTypes.Number)
        {
            yield return JsonValue.Create(ParameterText.Normalize(least + ((most - least) / (ordinal + 2))));
        }
    }

    private static decimal? At(decimal start, decimal step, int index)
    {
        try
        {
            var first = index < 0 ? decimal.Floor(start / step) : decimal.Ceiling(start / step);
            return (first + index) * step;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static bool IsInside(ApiParameter parameter, decimal number, decimal least, decimal most) =>
        number >= least && number <= most
        && !(number <= parameter.ExclusiveMinimum) && !(number >= parameter.ExclusiveMaximum)
        && (parameter.Type != ParameterTypes.Integer || ParameterText.IsInteger(number))
        && (parameter.MultipleOf is not > 0 || number % parameter.MultipleOf == 0);

    private static (decimal Least, decimal Most) Bounds(ApiParameter parameter)
    {
        var (least, most) = (parameter.Type, parameter.Format) switch
        {
            (ParameterTypes.Integer, "int32") => (int.MinValue, int.MaxValue),
            (ParameterTypes.Integer, _) => (long.MinValue, long.MaxValue),
            _ => (-1e24m, 1e24m),
        };
        foreach (var bound in new[] { parameter.Minimum, parameter.ExclusiveMinimum })
        {
            least = bound > least ? bound.Value : least;
        }

        foreach (var bound in new[] { parameter.Maximum, parameter.ExclusiveMaximum })
        {
            most = bound < most ? bound.Value : most;
        }

        return (least, most);
    }
}
