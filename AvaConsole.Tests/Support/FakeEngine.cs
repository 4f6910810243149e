using AvaConsole.Core.Images.Recipes.Builds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AvaConsole.Tests.Support;

/// <summary>
/// A program that stands for a container engine: a shell script that notes the words, the variables and the input it was given, and does for each verb what
/// the test says.
/// </summary>
public sealed class FakeEngine : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    /// <param name="name">Of the program: engines are told apart by it.</param>
    /// <param name="build">Commands of <c>build</c>; <c>$NOTES</c> is a folder that the test can read.</param>
    public FakeEngine(string name = "docker", string build = "cat Dockerfile", string push = "echo pushed", string login = "true")
    {
        Path = System.IO.Path.Combine(_folder.FullPath, name);
        File.WriteAllText(Path, $$"""
            #!/bin/sh
            NOTES='{{_folder.FullPath}}'
            printf '%s\n' "$@" >> "$NOTES/words"
            env | sort > "$NOTES/env-$1"
            case "$1" in
              login) cat > "$NOTES/password"; {{login}} ;;
              build) ls -R > "$NOTES/files"; cp Dockerfile "$NOTES/Dockerfile"; {{build}} ;;
              push) {{push}} ;;
            esac

            """);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public string[] Words => Note("words").TrimEnd('\n').Split('\n');

    public string Note(string name) => File.ReadAllText(System.IO.Path.Combine(_folder.FullPath, name));

    public bool HasNote(string name) => File.Exists(System.IO.Path.Combine(_folder.FullPath, name));

    /// <summary>Configures it.</summary>
    public void Use(TestConsole console, int timeoutSeconds = 60)
    {
        var options = console.Get<IOptions<ContainerEngineOptions>>().Value;
        (options.Executable, options.TimeoutSeconds) = (Path, timeoutSeconds);
    }

    public void Dispose() => _folder.Dispose();
}
