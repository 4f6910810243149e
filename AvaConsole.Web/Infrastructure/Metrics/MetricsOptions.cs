namespace AvaConsole.Web.Infrastructure.Metrics;

public sealed class MetricsOptions
{
    public const string Section = "Metrics";

    /// <summary>Bearer token that <c>/metrics</c> asks for. Default empty: whoever reaches the console's port may read it.</summary>
    public string Token { get; set; } = "";
}
