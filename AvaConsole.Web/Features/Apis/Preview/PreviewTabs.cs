namespace AvaConsole.Web.Features.Apis.Preview;

/// <summary>What the preview can show; the names stand in the address.</summary>
public static class PreviewTabs
{
    public const string Request = "request";
    public const string Response = "response";
    public const string Reference = "reference";
    public const string Curl = "curl";
    public const string Python = "python";
    public const string CSharp = "csharp";
    public const string Yaml = "yaml";
    public const string Json = "json";
    public const string OpenApi = "openapi";

    public static IReadOnlyList<string> All { get; } = [Request, Response, Reference, Curl, Python, CSharp, Yaml, Json, OpenApi];

    /// <summary>The first one for anything unknown.</summary>
    public static string Parse(string? name) => name is not null && All.Contains(name) ? name : Request;
}
