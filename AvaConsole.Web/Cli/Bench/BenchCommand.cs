using AvaConsole.Web.Cli.Bench.Soak;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Bench;

/// <summary><c>asectl bench …</c>: what the parts of the console do in a second.</summary>
internal sealed class BenchCommand : Noun
{
    public BenchCommand()
        : base("bench", "BenchDescription")
    {
        Add(new BenchValidateVerb());
        Add(new HostBenchVerb());
        Add(new HttpBenchVerb());
        Add(new BenchSoakVerb());
    }
}
