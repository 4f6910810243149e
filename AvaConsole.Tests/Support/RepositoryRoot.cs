namespace AvaConsole.Tests.Support;

/// <summary>The folder that holds the solution, found from where the tests run.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "AvaConsole.sln")))
                return directory.FullName;
        }

        throw new InvalidOperationException("The tests must run below the folder of AvaConsole.sln.");
    }
}
