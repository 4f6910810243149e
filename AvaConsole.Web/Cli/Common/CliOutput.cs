using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Web.Cli.Common;

/// <summary>Where a verb writes, and in which form.</summary>
internal sealed class CliOutput(TextWriter writer, TextWriter errors, bool isJson, bool hasColour)
{
    private static readonly JsonWriterOptions s_json = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public TextWriter Writer { get; } = writer;

    /// <summary><c>--format json</c>.</summary>
    public bool IsJson { get; } = isJson;

    /// <summary>Colours only for a person at a terminal who did not ask for none (no-color.org).</summary>
    public static bool WantsColour() =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    public void Line(string text = "") => Writer.Write(text + "\n");

    /// <summary>A text that has its own line ends.</summary>
    public void Text(string text) => Writer.Write(text);

    /// <summary>A question to the user, who answers on the same line; not on standard output, which may be read by a program.</summary>
    public void Ask(string question)
    {
        errors.Write(question + " ");
        errors.Flush();
    }

    /// <summary>To standard error: what is no result.</summary>
    public void Note(string text) => errors.Write(text + "\n");

    public void Json(JsonNode document) => Writer.Write(ToText(document));

    /// <summary>Indented, with a line feed at the end.</summary>
    public static string ToText(JsonNode document)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_json))
        {
            document.WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    public string Red(string text) => Paint("31", text);

    public string Yellow(string text) => Paint("33", text);

    public string Green(string text) => Paint("32", text);

    public string Dim(string text) => Paint("2", text);

    private string Paint(string colour, string text) => hasColour ? $"\e[{colour}m{text}\e[0m" : text;
}
