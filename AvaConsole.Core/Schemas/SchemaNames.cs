using System.Text.RegularExpressions;

namespace AvaConsole.Core.Schemas;

/// <summary>What the names of an API may be. They become key segments, routes, JSON members and identifiers of generated code.</summary>
public static partial class SchemaNames
{
    /// <summary>Service: 2–63 characters, lower-case letters, digits and hyphens; starts with a letter, does not end with a hyphen (a DNS label).</summary>
    public const string ServicePattern = "^[a-z][a-z0-9-]{0,61}[a-z0-9]$";

    /// <summary>Group, project and region: 1–63 letters, digits, <c>.</c>, <c>_</c>, <c>-</c>; starts with a letter or digit.</summary>
    public const string SegmentPattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$";

    /// <summary>Parameters and payload entries: 1–64 letters, digits, <c>_</c>, <c>-</c>; starts with a letter or <c>_</c>.</summary>
    public const string MemberPattern = "^[A-Za-z_][A-Za-z0-9_-]{0,63}$";

    /// <summary>Members that stand beside the service's own object in the gateway's <c>meta</c>; a service so named would replace one.</summary>
    private static readonly HashSet<string> s_reservedServices = new(StringComparer.Ordinal)
    {
        "call", "default", "hosts", "route", "service", "sub", "type", "version",
    };

    /// <summary>The request's own members, and names that have a meaning of their own in JavaScript objects.</summary>
    private static readonly HashSet<string> s_reservedMembers = new(StringComparer.Ordinal)
    {
        "header", "parameter", "parameters", "payload", "request_id", "__proto__", "constructor", "prototype",
    };

    public static bool IsService(string value) => ServiceRegex().IsMatch(value);

    public static bool IsReservedService(string value) => s_reservedServices.Contains(value);

    public static bool IsSegment(string value) => SegmentRegex().IsMatch(value);

    public static bool IsMember(string value) => MemberRegex().IsMatch(value);

    public static bool IsReservedMember(string value) => s_reservedMembers.Contains(value);

    /// <summary>Semantic Versioning 2.0.0, at most 64 characters.</summary>
    public static bool IsVersion(string value) => value.Length <= 64 && VersionRegex().IsMatch(value);

    // \z: "$" would also match before a final line feed.
    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceRegex();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SegmentRegex();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MemberRegex();

    [GeneratedRegex(
        @"\A(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex VersionRegex();
}
