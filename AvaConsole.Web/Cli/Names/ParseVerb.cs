using System.CommandLine;
using System.Text.Json.Nodes;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Names;

/// <summary><c>asectl names parse</c>: a name's parts, in every way that it can be read.</summary>
internal sealed class ParseVerb : Verb
{
    private readonly Argument<string> _name = CliOptions.File("NAME", "ArgumentName");
    private readonly Option<string?> _as = CliOptions.Value("--as", "OptionNameAs", string.Join('|', NameReading.Kinds));

    public ParseVerb()
        : base("parse", "NamesParse", "asectl names parse 20180301-v20180228-1 --as version")
    {
        CliOptions.Restrict(_as, NameReading.Kinds);
        Add(_name);
        Add(_as);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var (name, kind) = (arguments.GetValue(_name)!, arguments.GetValue(_as));
        var readings = NameReading.Of(name, kind);
        if (readings.Count == 0)
        {
            throw new CliFailureException(CliExit.BadInput, kind is null ? CliTexts.Of("NameUnreadable", name) : CliTexts.Of("NameUnreadableAs", name, kind));
        }

        if (output.IsJson)
        {
            output.Json(new JsonObject { ["name"] = name, ["readings"] = new JsonArray([.. readings.Select(reading => reading.ToJson())]) });
        }
        else
        {
            foreach (var reading in readings)
            {
                output.Line(reading.ToString());
            }
        }

        // Kinds overlap on purpose: an app's name is an image's reference too. Two readings of one kind are what somebody has to decide.
        return readings.GroupBy(reading => reading.Kind).Any(group => group.Count() > 1) ? CliExit.Found : CliExit.Success;
    }
}
