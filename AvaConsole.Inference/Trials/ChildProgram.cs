using System.Reflection;

namespace AvaConsole.Inference.Trials;

/// <summary>How to start this console's program a second time, for work that may end the process it is done in.</summary>
/// <param name="FileName">An executable.</param>
/// <param name="Arguments">Come before those of <see cref="ChildVerbs"/>.</param>
public sealed record ChildProgram(string FileName, IReadOnlyList<string> Arguments)
{
    /// <param name="program">The assembly whose entry point gives its arguments to <see cref="ChildVerbs"/>.</param>
    public static ChildProgram Of(Assembly program)
    {
        ArgumentNullException.ThrowIfNull(program);

        // The program's own launcher, published or built; under "dotnet run", or in a test, the process is another one's.
        var own = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(own) switch
        {
            var name when name == program.GetName().Name => new ChildProgram(own, []),
            "dotnet" => new ChildProgram(own, [program.Location]),
            _ => new ChildProgram("dotnet", [program.Location]),
        };
    }
}
