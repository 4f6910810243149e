using System.CommandLine;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary>Formats as the command line names them.</summary>
internal static class FormatNames
{
    private static readonly (string Name, SchemaFormat Format)[] s_all =
    [
        ("ase", SchemaFormat.Ase), ("webgate", SchemaFormat.Webgate), ("openapi", SchemaFormat.OpenApi), ("jsonschema", SchemaFormat.JsonSchema), ("python", SchemaFormat.Python),
    ];

    /// <summary>What can be written.</summary>
    public static string[] Written { get; } = [.. s_all.Select(format => format.Name).Where(name => name != "python")];

    /// <summary><c>--from</c>: for a file that does not look like what it is.</summary>
    public static Option<string?> From()
    {
        var option = CliOptions.Value("--from", "OptionFrom", string.Join('|', s_all.Select(format => format.Name)));
        CliOptions.Restrict(option, [.. s_all.Select(format => format.Name)]);
        return option;
    }

    public static string NameOf(SchemaFormat format) => s_all.First(known => known.Format == format).Name;

    public static SchemaFormat? Parse(string? name) => name is null ? null : s_all.First(known => known.Name == name).Format;
}
