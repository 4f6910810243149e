namespace AvaConsole.Core.Naming;

/// <summary>Where an app is called. The routing is made of these patterns, so that what a wizard promises is what is served.</summary>
public static class ServingRoutes
{
    public const string Content = "/api/content/{app}";
    public const string Grey = "/api/grey/content/{app}";
    public const string Eval = "/v1/eval/{app}";
    public const string EvalVersion = Eval + "/{version}";
    public const string Model = "/v2/models/{model}";
    public const string ModelVersion = Model + "/versions/{version}";
    public const string Health = "/health/{app}";
    public const string Docs = "/docs/{app}";

    /// <summary>A pattern with its parts filled in.</summary>
    /// <param name="app">The app's command, which is its models' name as well.</param>
    public static string Of(string pattern, string app, string version = "") => pattern
        .Replace("{app}", Uri.EscapeDataString(app), StringComparison.Ordinal)
        .Replace("{model}", Uri.EscapeDataString(app), StringComparison.Ordinal)
        .Replace("{version}", Uri.EscapeDataString(version), StringComparison.Ordinal);
}
