using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary><c>asectl api diff --dialect json-schema</c>: which data survives a change of a schema.</summary>
internal static class SchemaDiff
{
    /// <exception cref="CliFailureException"/>
    public static int Run(CliOutput output, string before, string after, bool isLenient)
    {
        var (from, to) = (ApiComparison.ReadDocument(before, CliFiles.ReadText(before)), ApiComparison.ReadDocument(after, CliFiles.ReadText(after)));
        var verdict = JsonSchemaCompatibility.Compare(from, to, isLenient);
        if (output.IsJson)
        {
            output.Json(ToJson(verdict));
        }
        else
        {
            Show(output, verdict);
        }

        return verdict.Compatibility is SchemaCompatibility.Both or SchemaCompatibility.Backward ? CliExit.Success : CliExit.Found;
    }

    private static string NameOf(SchemaCompatibility compatibility) => compatibility switch
    {
        SchemaCompatibility.Both => "both",
        SchemaCompatibility.Backward => "backward",
        SchemaCompatibility.Forward => "forward",
        _ => "none",
    };

    private static JsonObject ToJson(JsonSchemaVerdict verdict) => new()
    {
        ["compatibility"] = NameOf(verdict.Compatibility),
        ["gaps"] = new JsonArray([.. verdict.Gaps.Select(gap => new JsonObject
        {
            ["breaks"] = NameOf(gap.Breaks),
            ["pointer"] = gap.Pointer,
            ["keyword"] = gap.Keyword,
            ["certain"] = gap.IsCertain,
            ["text"] = gap.Text,
        })]),
    };

    private static void Show(CliOutput output, JsonSchemaVerdict verdict)
    {
        output.Line(NameOf(verdict.Compatibility));
        foreach (var gap in verdict.Gaps)
        {
            output.Line(output.Dim($"  {CliTexts.Of(gap.Breaks == SchemaCompatibility.Backward ? "GapBackward" : "GapForward")}: {gap.Text}"));
        }
    }
}
