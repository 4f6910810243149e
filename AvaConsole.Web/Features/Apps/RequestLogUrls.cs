namespace AvaConsole.Web.Features.Apps;

/// <summary>Addresses of the samples of calls as files.</summary>
public static class RequestLogUrls
{
    public const string Pattern = "/api/apps/{command}/requests.ndjson";

    public static string Download(string command) => $"/api/apps/{Uri.EscapeDataString(command)}/requests.ndjson";
}
