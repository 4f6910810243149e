using System.CommandLine;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Bench;

/// <summary><c>asectl bench validate</c></summary>
internal sealed class BenchValidateVerb : Verb
{
    private const double Longest = 60;

    private readonly Option<double> _seconds = new("--seconds") { Description = CliTexts.Of("OptionSeconds"), HelpName = "N", DefaultValueFactory = _ => 1 };

    public BenchValidateVerb()
        : base("validate", "BenchValidate", "asectl bench validate --seconds 5")
    {
        _seconds.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && !(double.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= Longest))
            {
                result.AddError(CliTexts.Of("SecondsOutside", _seconds.Name, given, Longest));
            }
        });
        Add(_seconds);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        ValidateBenchmark.Run(output.Writer, new ValidateBenchmarkOptions { Duration = TimeSpan.FromSeconds(arguments.GetValue(_seconds)), IsJson = output.IsJson });
        return CliExit.Success;
    }
}
