using System.Globalization;

namespace AvaConsole.Web.Features.Audit;

/// <summary>What the audit page shows: everything that its address says.</summary>
public sealed record AuditQuery
{
    public string? Search { get; init; }

    /// <summary>Whole action or its area.</summary>
    public string? Action { get; init; }

    public string? Actor { get; init; }

    public Guid? Subject { get; init; }

    /// <summary>First day, in the browser's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, in the browser's zone.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Counts from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>The opened entry.</summary>
    public long? Entry { get; init; }

    public bool IsFiltered => Search is not null || Action is not null || Actor is not null || Subject is not null || From is not null || To is not null;
}

/// <summary>Addresses of the audit page.</summary>
public static class AuditUrls
{
    public const string ListPath = "/audit";

    private const string DayFormat = "yyyy-MM-dd";

    public static string List(AuditQuery? query = null)
    {
        query ??= new AuditQuery();
        return QueryText.Append(
            ListPath,
            ("q", query.Search),
            ("action", query.Action),
            ("actor", query.Actor),
            ("subject", query.Subject?.ToString()),
            ("from", Day(query.From)),
            ("to", Day(query.To)),
            ("page", query.Page > 1 ? query.Page.ToString(CultureInfo.InvariantCulture) : null),
            ("entry", query.Entry?.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>All that concerns one thing.</summary>
    public static string Of(Guid subject) => List(new AuditQuery { Subject = subject });

    public static string? Day(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Null for anything else than a day: unknown values are ignored.</summary>
    public static DateOnly? ParseDay(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
