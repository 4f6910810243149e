using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary>The result of a conversion: the text to a file or standard output, what it left out to standard error.</summary>
internal static class Conversion
{
    /// <param name="file">Where the text goes; null or <c>-</c> for standard output.</param>
    public static void Show(CliOutput output, string path, ImportedSchema imported, SchemaFormat target, ExportedSchema exported, string? file)
    {
        var isFile = file is not (null or CliFiles.StandardInput);
        if (isFile)
        {
            CliFiles.WriteText(file!, exported.Text);
        }

        if (output.IsJson)
        {
            output.Json(new JsonObject
            {
                ["from"] = FormatNames.NameOf(imported.Format),
                ["to"] = FormatNames.NameOf(target),
                ["file"] = isFile ? file : null,
                ["text"] = isFile ? null : exported.Text,
                ["notes"] = ApiFiles.ToJson([.. imported.Notes, .. exported.Notes]),
            });
            return;
        }

        if (!isFile)
        {
            output.Text(exported.Text);
        }

        ApiFiles.ShowNotes(output, path, imported.Notes);
        ApiFiles.ShowNotes(output, isFile ? file! : path, exported.Notes);
    }
}
