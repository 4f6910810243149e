using System.Globalization;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>What deprecation and <c>x-sunset</c> mean for an element: the same for operations and for parameters.</summary>
internal enum SunsetVerdict
{
    /// <summary>Nothing to say.</summary>
    None,

    /// <summary>Deprecated without a date, which nobody asks for.</summary>
    Deprecated,

    /// <summary>Deprecated with a date that leaves time enough.</summary>
    DeprecatedWithSunset,

    /// <summary>Deprecated without the date that the project asks for.</summary>
    Missing,

    /// <summary>The date is none.</summary>
    Unreadable,

    /// <summary>The date leaves too little time.</summary>
    TooSoon,

    /// <summary>The date is gone though the element is still deprecated.</summary>
    Deleted,

    /// <summary>The date was moved forward and leaves too little time.</summary>
    MovedTooSoon,
}

/// <summary>Judges the dates of deprecated elements.</summary>
internal static class Sunset
{
    private const string Extension = "x-sunset";

    /// <summary>An element that became deprecated.</summary>
    public static SunsetVerdict OfDeprecation(JsonObject element, Stability stability, CompatibilityOptions options)
    {
        if (!stability.IsValid)
        {
            return SunsetVerdict.None;
        }

        var days = DaysOf(stability, options);
        if (!element.ContainsKey(Extension))
        {
            return days > 0 ? SunsetVerdict.Missing : SunsetVerdict.Deprecated;
        }

        if (JsonReading.AsDay(element[Extension]) is not { } sunset)
        {
            return SunsetVerdict.Unreadable;
        }

        return sunset.DayNumber - options.Day.DayNumber < days ? SunsetVerdict.TooSoon : SunsetVerdict.DeprecatedWithSunset;
    }

    /// <summary>A deprecated element whose date changed.</summary>
    public static SunsetVerdict OfChange(JsonObject from, JsonObject to, Stability stability, CompatibilityOptions options)
    {
        if (!to.Flag("deprecated") || !from.ContainsKey(Extension) || JsonNode.DeepEquals(from[Extension], to[Extension]))
        {
            return SunsetVerdict.None;
        }

        if (!to.ContainsKey(Extension))
        {
            return SunsetVerdict.Deleted;
        }

        if (JsonReading.AsDay(from[Extension]) is not { } before || JsonReading.AsDay(to[Extension]) is not { } after)
        {
            return SunsetVerdict.Unreadable;
        }

        var leaves = after.DayNumber - options.Day.DayNumber;
        return stability.IsValid && before > after && leaves < DaysOf(stability, options) ? SunsetVerdict.MovedTooSoon : SunsetVerdict.None;
    }

    /// <summary>Days that the project asks for at that promise.</summary>
    public static int DaysOf(Stability stability, CompatibilityOptions options) => stability.Meaning switch
    {
        "draft" or "alpha" => 0,
        "beta" => options.BetaDeprecationDays,
        _ => options.StableDeprecationDays,
    };

    /// <summary>The date as it is shown.</summary>
    public static string Text(JsonObject element) =>
        JsonReading.AsDay(element[Extension])?.ToString("O", CultureInfo.InvariantCulture) ?? element[Extension]?.ToJsonString() ?? "";
}
