using System.Text;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>What the document is called and described as.</summary>
internal static partial class IdentityLint
{
    private const int MaxDescription = 4000;

    public static void Check(ApiSchema schema, LintSink sink)
    {
        CheckService(schema.Service, sink);
        if (schema.Version.Length == 0)
        {
            sink.Add("schema.version_missing", "Version", LintSite.Root.Fix(now => now.Version.Length == 0 ? now with { Version = "1.0.0" } : now));
        }
        else if (!SchemaNames.IsVersion(schema.Version))
        {
            var fix = ProposeVersion(schema.Version) is null
                ? null
                : LintSite.Root.Fix(now => !SchemaNames.IsVersion(now.Version) && ProposeVersion(now.Version) is { } version ? now with { Version = version } : now);
            sink.Add("schema.version_invalid", "Version", fix, schema.Version);
        }

        CheckSegment("Group", schema.Group, true, (now, value) => now with { Group = value }, sink);
        CheckSegment("Project", schema.Project, true, (now, value) => now with { Project = value }, sink);
        CheckSegment("Region", schema.Region, false, (now, value) => now with { Region = value }, sink);
        CheckDescription("Description", schema.Description, sink);
    }

    public static void CheckDescription(string field, string value, LintSink sink)
    {
        if (value.Length > MaxDescription)
        {
            sink.Add("schema.description_too_long", field, null, MaxDescription);
        }
        else if (string.IsNullOrWhiteSpace(value))
        {
            sink.Add("schema.description_missing", field, null);
        }
    }

    private static void CheckService(string service, LintSink sink)
    {
        if (service.Length == 0)
        {
            sink.Add("schema.service_missing", "Service", null);
        }
        else if (!SchemaNames.IsService(service))
        {
            var fix = ProposeService(service) is null
                ? null
                : LintSite.Root.Fix(now => !SchemaNames.IsService(now.Service) && ProposeService(now.Service) is { } name ? now with { Service = name } : now);
            sink.Add("schema.service_invalid", "Service", fix, service);
        }
        else if (SchemaNames.IsReservedService(service))
        {
            sink.Add("schema.name_reserved", "Service", null, service);
        }
    }

    private static void CheckSegment(string field, string value, bool required, Func<ApiSchema, string, ApiSchema> set, LintSink sink)
    {
        if ((required || value.Length > 0) && !SchemaNames.IsSegment(value))
        {
            var proposed = Clean(value, "._-").Trim('.', '_', '-');
            var fix = SchemaNames.IsSegment(proposed) ? LintSite.Root.Fix(now => set(now, proposed)) : null;
            sink.Add("schema.segment_invalid", field, fix, value);
        }
    }

    private static string? ProposeService(string service)
    {
        var proposed = Clean(service.Trim().ToLowerInvariant(), "-").Trim('-').TrimStart([.. "0123456789-"]);
        proposed = proposed[..Math.Min(proposed.Length, 63)].TrimEnd('-');
        return SchemaNames.IsService(proposed) && !SchemaNames.IsReservedService(proposed) ? proposed : null;
    }

    /// <summary><c>v1</c> → <c>1.0.0</c>, <c>1.2</c> → <c>1.2.0</c>, <c>01.0.0</c> → <c>1.0.0</c>.</summary>
    private static string? ProposeVersion(string version)
    {
        var match = LooseVersion().Match(version.Trim());
        if (!match.Success)
        {
            return null;
        }

        var numbers = Enumerable.Range(1, 3).Select(group => match.Groups[group].Value.TrimStart('0')).Select(digits => digits.Length == 0 ? "0" : digits);
        var proposed = string.Join('.', numbers);
        return SchemaNames.IsVersion(proposed) ? proposed : null;
    }

    private static string Clean(string value, string alsoAllowed)
    {
        var text = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            text.Append(char.IsAsciiLetterOrDigit(character) || alsoAllowed.Contains(character) ? character : '-');
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\A[vV]?([0-9]{1,9})(?:\.([0-9]{1,9}))?(?:\.([0-9]{1,9}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex LooseVersion();
}
