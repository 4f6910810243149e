namespace AvaConsole.Core.Schemas.Lint;

/// <summary>Bounds of integers and numbers.</summary>
internal static class BoundLint
{
    private static readonly Bound[] s_bounds =
    [
        new("Minimum", true, now => now.Minimum, (now, value) => now with { Minimum = value }),
        new("Maximum", false, now => now.Maximum, (now, value) => now with { Maximum = value }),
        new("ExclusiveMinimum", true, now => now.ExclusiveMinimum, (now, value) => now with { ExclusiveMinimum = value }),
        new("ExclusiveMaximum", false, now => now.ExclusiveMaximum, (now, value) => now with { ExclusiveMaximum = value }),
    ];

    public static void Check(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        foreach (var bound in s_bounds)
        {
            if (bound.Get(parameter) is { } value)
            {
                CheckOne(site, parameter, bound, value, sink);
            }
        }

        CheckMultiple(site, parameter, sink);
        if (parameter.Minimum > parameter.Maximum)
        {
            var fix = site.Fix(now => now.Minimum > now.Maximum ? now with { Minimum = now.Maximum, Maximum = now.Minimum } : now);
            sink.Add("schema.minimum_above_maximum", site.Member("Minimum"), fix, ParameterText.Format(parameter.Minimum.Value), ParameterText.Format(parameter.Maximum.Value));
        }
        else
        {
            CheckExclusive(site, parameter, sink);
        }

        CheckRedundant(site, parameter, sink);
    }

    private static void CheckOne(LintSite<ApiParameter> site, ApiParameter parameter, Bound bound, decimal value, LintSink sink)
    {
        if (!IsNumeric(parameter))
        {
            var fix = site.Fix(now => IsNumeric(now) ? now : bound.Set(now, null));
            sink.Add("schema.bound_wrong_type", site.Member(bound.Name), fix, parameter.Type);
        }
        else if (parameter.Type == ParameterTypes.Integer && !ParameterText.IsInteger(value))
        {
            // The integers that the bound lets in stay the same: 1.5 as a minimum lets 2 in, and 1.5 excluded from below does so too.
            var up = bound.IsLower == !bound.Name.StartsWith("Exclusive", StringComparison.Ordinal);
            var fix = site.Fix(now => now.Type == ParameterTypes.Integer && bound.Get(now) is { } given && !ParameterText.IsInteger(given)
                ? bound.Set(now, up ? decimal.Ceiling(given) : decimal.Floor(given))
                : now);
            sink.Add("schema.bound_not_integer", site.Member(bound.Name), fix, ParameterText.Format(value));
        }
        else if (parameter.Format == "int32" && value is < int.MinValue or > int.MaxValue)
        {
            var fix = site.Fix(now => now.Format == "int32" && bound.Get(now) is < int.MinValue or > int.MaxValue
                ? bound.Set(now, Math.Clamp(bound.Get(now)!.Value, int.MinValue, int.MaxValue))
                : now);
            sink.Add("schema.bound_outside_format", site.Member(bound.Name), fix, ParameterText.Format(value), parameter.Format);
        }
    }

    private static void CheckMultiple(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        if (parameter.MultipleOf is { } multiple && !IsNumeric(parameter))
        {
            sink.Add("schema.bound_wrong_type", site.Member("MultipleOf"), site.Fix(now => IsNumeric(now) ? now : now with { MultipleOf = null }), parameter.Type);
        }
        else if (parameter.MultipleOf <= 0)
        {
            var fix = site.Fix(now => now.MultipleOf <= 0 ? now with { MultipleOf = now.MultipleOf < 0 ? -now.MultipleOf : null } : now);
            sink.Add("schema.multiple_not_positive", site.Member("MultipleOf"), fix, ParameterText.Format(parameter.MultipleOf.Value));
        }
    }

    /// <summary>No value lies between the bounds, exclusive ones counted.</summary>
    private static void CheckExclusive(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        if (!IsEmpty(parameter))
        {
            return;
        }

        // Two exclusive bounds the wrong way round are meant the other way; anything else has more than one remedy.
        var fix = parameter.ExclusiveMinimum > parameter.ExclusiveMaximum && !IsEmpty(Swapped(parameter))
            ? site.Fix(now => now.ExclusiveMinimum > now.ExclusiveMaximum ? Swapped(now) : now)
            : null;
        var member = parameter.ExclusiveMinimum is null ? "ExclusiveMaximum" : "ExclusiveMinimum";
        var (lower, upper) = (Greater(parameter.Minimum, parameter.ExclusiveMinimum)!, Lesser(parameter.Maximum, parameter.ExclusiveMaximum)!);
        sink.Add("schema.exclusive_bounds_empty", site.Member(member), fix, ParameterText.Format(lower.Value), ParameterText.Format(upper.Value));
    }

    private static ApiParameter Swapped(ApiParameter parameter) =>
        parameter with { ExclusiveMinimum = parameter.ExclusiveMaximum, ExclusiveMaximum = parameter.ExclusiveMinimum };

    private static bool IsEmpty(ApiParameter parameter)
    {
        if ((parameter.ExclusiveMinimum is null && parameter.ExclusiveMaximum is null)
            || Greater(parameter.Minimum, parameter.ExclusiveMinimum) is not { } lower
            || Lesser(parameter.Maximum, parameter.ExclusiveMaximum) is not { } upper)
        {
            return false;
        }

        if (parameter.Type == ParameterTypes.Integer && ParameterText.IsInteger(lower) && ParameterText.IsInteger(upper))
        {
            var least = lower == parameter.ExclusiveMinimum ? lower + 1 : lower;
            var most = upper == parameter.ExclusiveMaximum ? upper - 1 : upper;
            return least > most;
        }

        return lower > upper || (lower == upper && (lower == parameter.ExclusiveMinimum || upper == parameter.ExclusiveMaximum));
    }

    /// <summary>An inclusive and an exclusive bound on one side: only the narrower one says anything.</summary>
    private static void CheckRedundant(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        if (parameter is { Minimum: not null, ExclusiveMinimum: not null })
        {
            sink.Add("schema.bound_redundant", site.Member(parameter.Minimum > parameter.ExclusiveMinimum ? "ExclusiveMinimum" : "Minimum"), site.Fix(now => now switch
            {
                { Minimum: null } or { ExclusiveMinimum: null } => now,
                _ when now.Minimum > now.ExclusiveMinimum => now with { ExclusiveMinimum = null },
                _ => now with { Minimum = null },
            }));
        }

        if (parameter is { Maximum: not null, ExclusiveMaximum: not null })
        {
            sink.Add("schema.bound_redundant", site.Member(parameter.Maximum < parameter.ExclusiveMaximum ? "ExclusiveMaximum" : "Maximum"), site.Fix(now => now switch
            {
                { Maximum: null } or { ExclusiveMaximum: null } => now,
                _ when now.Maximum < now.ExclusiveMaximum => now with { ExclusiveMaximum = null },
                _ => now with { Maximum = null },
            }));
        }
    }

    private static bool IsNumeric(ApiParameter parameter) => parameter.Type is ParameterTypes.Integer or ParameterTypes.Number;

    private static decimal? Greater(decimal? first, decimal? second) => first is null || second > first ? second ?? first : first;

    private static decimal? Lesser(decimal? first, decimal? second) => first is null || second < first ? second ?? first : first;

    private sealed record Bound(string Name, bool IsLower, Func<ApiParameter, decimal?> Get, Func<ApiParameter, decimal?, ApiParameter> Set);
}
