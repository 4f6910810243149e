using AvaConsole.Core.Configuration;
using AvaConsole.Core.Naming;

namespace AvaConsole.Web.Features.Apis.Docs;

/// <summary>Addresses of what callers read.</summary>
public static class DocsUrls
{
    public static string Page(string app, string phase = Phases.Production) => QueryText.Append(ServingRoutes.Of(ServingRoutes.Docs, app), ("phase", Named(phase)));

    /// <param name="extension"><c>json</c> or <c>yaml</c>.</param>
    public static string OpenApi(string app, string extension, string phase = Phases.Production) =>
        QueryText.Append($"{ServingRoutes.Of(ServingRoutes.Docs, app)}/openapi.{extension}", ("phase", Named(phase)));

    /// <summary>Grey, or production for anything else.</summary>
    public static string ParsePhase(string? name) => name == Phases.Grey ? Phases.Grey : Phases.Production;

    private static string? Named(string phase) => phase == Phases.Grey ? phase : null;
}
