using System.Globalization;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Rules;

/// <summary>Deprecation, sunset and stability of properties.</summary>
internal static class LifecycleRules
{
    private const string Sunset = "x-sunset";
    private const string Stability = "x-stability-level";

    /// <summary>From the one that may change at will to the one that may not.</summary>
    private static readonly string[] s_levels = ["draft", "alpha", "beta", "stable"];

    public static void Check(SchemaSpot spot)
    {
        if (spot.IsRoot || !spot.IsBody)
        {
            return;
        }

        CheckDeprecation(spot);
        CheckStability(spot);
    }

    private static void CheckDeprecation(SchemaSpot spot)
    {
        if (spot.Delta.Value("deprecated") is not { } change)
        {
            return;
        }

        if (!change.IsAddition)
        {
            spot.Report(ChangeKind.Lifecycle, "reactivated");
            return;
        }

        var days = spot.Site.Stability switch
        {
            "beta" => spot.Options.BetaDeprecationDays,
            "draft" or "alpha" => 0,
            _ => spot.Options.StableDeprecationDays,
        };
        var text = spot.To.Text(Sunset);
        if (!spot.To.Has(Sunset))
        {
            spot.Report(ChangeKind.Lifecycle, days > 0 ? "deprecated-sunset-missing" : "deprecated");
        }
        else if (Date(text) is not { } date)
        {
            spot.Report(ChangeKind.Lifecycle, "deprecated-sunset-invalid", "", text);
        }
        else
        {
            spot.Report(ChangeKind.Lifecycle, date.DayNumber - Today(spot).DayNumber < days ? "sunset-date-too-small" : "deprecated-with-sunset", "", text);
        }
    }

    private static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? DateOnly.FromDateTime(moment.DateTime)
        : null;

    private static DateOnly Today(SchemaSpot spot) => spot.Options.Today ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static void CheckStability(SchemaSpot spot)
    {
        if (spot.Delta.Value(Stability) is null)
        {
            return;
        }

        var (from, to) = (Level(spot.From), Level(spot.To));
        if (from < 0 || to < 0)
        {
            spot.ReportAs("api-invalid-stability-level", to: (from < 0 ? spot.From : spot.To).Text(Stability));
        }
        else if (from != to && from >= Array.IndexOf(s_levels, "beta"))
        {
            spot.Report(ChangeKind.Lifecycle, to < from ? "stability-decreased" : "stability-increased", s_levels[from], s_levels[to]);
        }
    }

    // What says nothing is stable.
    private static int Level(SchemaNode node) => node.Has(Stability) ? Array.IndexOf(s_levels, node.Text(Stability)) : s_levels.Length - 1;
}
