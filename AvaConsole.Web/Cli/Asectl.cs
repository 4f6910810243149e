using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using AvaConsole.Web.Cli.Api;
using AvaConsole.Web.Cli.Bench;
using AvaConsole.Web.Cli.Common;
using AvaConsole.Web.Cli.Completion;
using AvaConsole.Web.Cli.Doctor;
using AvaConsole.Web.Cli.Images;
using AvaConsole.Web.Cli.Names;
using AvaConsole.Web.Cli.Serve;

namespace AvaConsole.Web.Cli;

/// <summary>
/// <c>asectl</c>: the console's own program, given a verb. Nothing of ASP.NET Core, Entity Framework or Quartz is loaded for one, because a
/// verb in an editor or a build has to be there at once.
/// </summary>
internal static class Asectl
{
    public const string Name = "asectl";

    /// <summary>Lies beside a program that was installed as a .NET tool.</summary>
    private const string ToolSettings = "DotnetToolSettings.xml";

    /// <summary>True for <c>asectl …</c> as the launcher says it, for a .NET tool of that name, and for any first word that is no option.</summary>
    public static bool Answers(string[] args) =>
        args is [[not '-', ..], ..]
        || Path.GetFileNameWithoutExtension(Environment.ProcessPath) == Name
        || File.Exists(Path.Combine(AppContext.BaseDirectory, ToolSettings));

    public static int Run(string[] args)
    {
        args = args is [Name, .. var rest] ? rest : args;
        CliTexts.Choose(args);
        using var output = Open(Console.OpenStandardOutput());
        using var errors = Open(Console.OpenStandardError());
        return Run(args, output, errors);
    }

    private static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        try
        {
            var result = CreateCommand().Parse(args);
            if (result.Errors.Count > 0 && result.Action is not CliHelp)
            {
                errors.Write($"{Name}: {UsageProblem.Describe(result)}\n");
                return CliExit.BadInput;
            }

            return result.Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        }
        catch (CliFailureException failure)
        {
            output.Flush();
            foreach (var line in failure.Lines) errors.Write($"{line}\n");
            return failure.ExitCode;
        }
        catch (IOException)
        {
            // Whoever read the output went away: "asectl … | head".
            return CliExit.Success;
        }
        catch (Exception fault)
        {
            // Not a core dump, and no exit code that a build takes for a verdict; whoever reports it needs the whole of it.
            errors.Write($"{CliTexts.Of("Fault", Name)}\n{fault}\n");
            return CliExit.Fault;
        }
    }

    public static Command CreateCommand()
    {
        var help = new HelpOption { Recursive = true, Description = CliTexts.Of("OptionHelp") };
        help.Action = new CliHelp((HelpAction)help.Action!);
        var root = new Command(Name, CliTexts.Of("RootDescription"))
        {
            help,
            new VersionOption { Description = CliTexts.Of("OptionVersion"), Action = new VersionAction() },
            CliOptions.Format,
            CliOptions.Lang,
            new ApiCommand(),
            new BenchCommand(),
            new NamesCommand(),
            new ServeVerb(),
            new CompletionCommand(),
            new DoctorCommand(),
            new ImageCommand(),
        };
        root.SetAction(result => new CliHelp(new HelpAction()).Invoke(result));
        return root;
    }

    private static StreamWriter Open(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16 * 1024);
}
