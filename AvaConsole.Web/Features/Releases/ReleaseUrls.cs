using AvaConsole.Web.Features.Apps;

namespace AvaConsole.Web.Features.Releases;

/// <summary>Addresses of the release pages.</summary>
public static class ReleaseUrls
{
    /// <param name="from">A release to start from.</param>
    public static string New(string command, Guid? from = null) => QueryText.Append($"{AppUrls.ListPath}/{Uri.EscapeDataString(command)}/releases/new", ("from", from?.ToString()));

    public static string Details(Guid id) => $"/releases/{id}";

    /// <summary>The release's page with a promotion to this phase, or a roll-back, already open.</summary>
    public static string Move(Guid id, string action) => QueryText.Append(Details(id), ("move", action));

    /// <summary>The release's page with this benchmark shown, beside another if wanted.</summary>
    public static string Benchmark(Guid id, Guid run, string? compare = null) =>
        QueryText.Append(Details(id), ("benchmark", run.ToString()), ("compare", compare)) + "#benchmark";

    public static string Edit(Guid id) => $"/releases/{id}/edit";

    /// <summary>Edits the package's <c>service.yaml</c>.</summary>
    /// <param name="test">The test case to look at.</param>
    public static string Service(Guid id, Guid? test = null) => QueryText.Append($"/releases/{id}/service", ("test", test?.ToString()));
}
