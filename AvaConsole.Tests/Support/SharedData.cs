namespace AvaConsole.Tests.Support;

/// <summary>
/// Public data sets that lie beside the repository (<c>../shared/data</c>, or <c>$AVACONSOLE_SHARED/data</c>) and are no part
/// of it. Tests that use them carry <see cref="SharedDataFactAttribute"/>.
/// </summary>
public static class SharedData
{
    private static readonly string s_folder = Path.Combine(
        Environment.GetEnvironmentVariable("AVACONSOLE_SHARED") is { Length: > 0 } folder ? folder : RepositoryRoot.Combine("..", "shared"),
        "data");

    public static string Combine(params string[] parts) => Path.Combine([s_folder, .. parts]);

    public static bool Has(string path) => File.Exists(Combine(path)) || Directory.Exists(Combine(path));
}

/// <summary>A fact that is skipped, with a reason, where a file or folder of the shared data is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string path)
    {
        if (!SharedData.Has(path))
            Skip = $"Needs {SharedData.Combine(path)}, which is not there.";
    }
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute(string path)
    {
        if (!SharedData.Has(path))
            Skip = $"Needs {SharedData.Combine(path)}, which is not there.";
    }
}
