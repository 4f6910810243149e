using System.Globalization;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Components.Shared;

/// <summary>The one way in which the console says when.</summary>
public static class TimeFormat
{
    private const int DaysShownRelative = 7;

    /// <summary>For example <c>2026-11-21 09:30:12 +08:00</c>: the same in every language, and it sorts.</summary>
    public static string Exact(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>Distance from now within a week, the date beyond.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone, IStringLocalizer<SharedText> texts)
    {
        var age = now - at;
        var distance = age.Duration();
        if (distance.TotalDays >= DaysShownRelative)
        {
            return TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return age >= TimeSpan.Zero ? Ago(distance, texts) : Ahead(distance, texts);
    }

    private static string Ago(TimeSpan age, IStringLocalizer<SharedText> texts) => age switch
    {
        { TotalSeconds: < 10 } => texts["JustNow"],
        { TotalMinutes: < 1 } => texts["SecondsAgo", (int)age.TotalSeconds],
        { TotalHours: < 1 } => texts["MinutesAgo", (int)age.TotalMinutes],
        { TotalDays: < 1 } => texts["HoursAgo", (int)age.TotalHours],
        _ => texts["DaysAgo", (int)age.TotalDays],
    };

    // Clocks of two machines differ a little: what lies seconds ahead has just happened.
    private static string Ahead(TimeSpan distance, IStringLocalizer<SharedText> texts) => distance switch
    {
        { TotalMinutes: < 1 } => texts["JustNow"],
        { TotalHours: < 1 } => texts["InMinutes", (int)distance.TotalMinutes],
        { TotalDays: < 1 } => texts["InHours", (int)distance.TotalHours],
        _ => texts["InDays", (int)distance.TotalDays],
    };
}
