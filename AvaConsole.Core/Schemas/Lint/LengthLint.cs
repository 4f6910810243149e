namespace AvaConsole.Core.Schemas.Lint;

/// <summary>Lengths of strings and arrays.</summary>
internal static class LengthLint
{
    private static readonly Length[] s_lengths =
    [
        new("MinLength", ParameterTypes.String, "schema.length_wrong_type", "schema.length_negative", now => now.MinLength, now => now with { MinLength = null }),
        new("MaxLength", ParameterTypes.String, "schema.length_wrong_type", "schema.length_negative", now => now.MaxLength, now => now with { MaxLength = null }),
        new("MinItems", ParameterTypes.Array, "schema.items_count_wrong_type", "schema.items_count_negative", now => now.MinItems, now => now with { MinItems = null }),
        new("MaxItems", ParameterTypes.Array, "schema.items_count_wrong_type", "schema.items_count_negative", now => now.MaxItems, now => now with { MaxItems = null }),
    ];

    public static void Check(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        foreach (var length in s_lengths)
        {
            if (length.Get(parameter) is not { } value)
            {
                continue;
            }

            if (parameter.Type != length.Type)
            {
                sink.Add(length.WrongType, site.Member(length.Name), site.Fix(now => now.Type == length.Type ? now : length.Remove(now)), parameter.Type);
            }
            else if (value < 0)
            {
                sink.Add(length.Negative, site.Member(length.Name), site.Fix(now => length.Get(now) < 0 ? length.Remove(now) : now), value);
            }
        }

        if (parameter.MinLength > parameter.MaxLength)
        {
            var fix = site.Fix(now => now.MinLength > now.MaxLength ? now with { MinLength = now.MaxLength, MaxLength = now.MinLength } : now);
            sink.Add("schema.min_length_above_max_length", site.Member("MinLength"), fix, parameter.MinLength, parameter.MaxLength);
        }

        if (parameter.MinItems > parameter.MaxItems)
        {
            var fix = site.Fix(now => now.MinItems > now.MaxItems ? now with { MinItems = now.MaxItems, MaxItems = now.MinItems } : now);
            sink.Add("schema.min_items_above_max_items", site.Member("MinItems"), fix, parameter.MinItems, parameter.MaxItems);
        }

        if (parameter.UniqueItems && parameter.Type != ParameterTypes.Array)
        {
            sink.Add("schema.unique_wrong_type", site.Member("UniqueItems"), site.Fix(now => now.Type == ParameterTypes.Array ? now : now with { UniqueItems = false }), parameter.Type);
        }
    }

    private sealed record Length(string Name, string Type, string WrongType, string Negative, Func<ApiParameter, int?> Get, Func<ApiParameter, ApiParameter> Remove);
}
