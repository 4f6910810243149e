using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace AvaConsole.Core.Common.Egress;

/// <summary>What may be fetched when a person types a URL. By default: public addresses on ports 80 and 443.</summary>
public sealed class EgressOptions : IValidatableObject
{
    public const string Section = "Egress";

    /// <summary>
    /// Hosts that may be fetched from although their address is private, comma-separated: <c>cdn.internal</c>, or <c>*.cdn.internal</c> for
    /// all below it. Default none. There is no way to allow private addresses as a whole.
    /// </summary>
    public string? AllowedHosts { get; set; }

    /// <summary>Ports besides 80 and 443, comma-separated. Default none.</summary>
    public string? AllowedPorts { get; set; }

    /// <summary>Seconds to connect and to the first byte of an answer, and that a body may pause. Default 30; must be 1–300.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Minutes that one fetch may take in all. Default 60; must be 1–1440.</summary>
    [Range(1, 1440)]
    public int DeadlineMinutes { get; set; } = 60;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var port in Split(AllowedPorts).Where(port => ParsePort(port) is null))
        {
            yield return new ValidationResult($"{Section}:{nameof(AllowedPorts)}: '{port}' is not a port (1–65535).");
        }

        foreach (var host in Split(AllowedHosts).Where(host => host.Contains('/', StringComparison.Ordinal) || Uri.CheckHostName(WithoutStar(host)) is UriHostNameType.Unknown))
        {
            yield return new ValidationResult($"{Section}:{nameof(AllowedHosts)}: '{host}' is not a host name such as cdn.internal or *.cdn.internal.");
        }
    }

    internal bool IsPortAllowed(int port) => port is 80 or 443 || Split(AllowedPorts).Any(text => ParsePort(text) == port);

    internal bool IsHostAllowed(string host) => Split(AllowedHosts).Any(allowed => allowed.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(allowed, StringComparison.OrdinalIgnoreCase));

    private static string[] Split(string? list) => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int? ParsePort(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : null;

    private static string WithoutStar(string host) => host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
}
