namespace AvaConsole.Core.Schemas;

/// <summary>Members of <c>meta</c> in the gateway's schema.json that the request itself does not show. Empty texts and null mean the gateway's default.</summary>
public sealed record GatewaySettings
{
    /// <summary>Identifier that the gateway looks requests up by; empty for the service's name.</summary>
    public string ServiceId { get; init; } = "";

    /// <summary>Cloud that the route belongs to; <c>0</c> and empty are the same.</summary>
    public string CloudId { get; init; } = "";

    /// <summary>Back end that is called; empty for <c>atmos</c>.</summary>
    public string Call { get; init; } = "";

    /// <summary>Empty for <c>0</c>.</summary>
    public string CallType { get; init; } = "";

    /// <summary>Empty for <c>ase</c>.</summary>
    public string Sub { get; init; } = "";

    /// <summary>Paths; empty for <c>/v{major}/private/{service}</c>.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>JSON paths of the request by which the back end is chosen.</summary>
    public IReadOnlyList<string> RouteKeys { get; init; } = [];

    /// <summary>Milliseconds.</summary>
    public int? SessionTimeout { get; init; }

    /// <summary>Milliseconds.</summary>
    public int? ReadTimeout { get; init; }

    /// <summary>Every other member of <c>meta</c> (<c>subRoute</c>, <c>codeMap</c>, <c>companion_route</c>, …) as one JSON object; empty for none.</summary>
    public string Extra { get; init; } = "";
}
