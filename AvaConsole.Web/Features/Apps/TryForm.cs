using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apps;

/// <summary>A file chosen for a payload entry.</summary>
public sealed record ChosenFile(string Name, byte[] Content);

/// <summary>A request as it is typed into the try-out, generated from the API that the served release follows.</summary>
public sealed class TryForm(ApiSchema schema)
{
    /// <summary>Value of a choice that sends nothing.</summary>
    public const string Omitted = "";

    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, ChosenFile> _files = [];

    public ApiSchema Schema { get; } = schema;

    /// <summary>The entry that a picture goes into: the first of type image.</summary>
    public PayloadEntry? Picture => Schema.Payload.FirstOrDefault(entry => entry.Type == PayloadTypes.Image);

    /// <summary>Entries that take a file.</summary>
    public IEnumerable<PayloadEntry> FileEntries => Schema.Payload.Where(IsFile);

    /// <summary>Entries that take text.</summary>
    public IEnumerable<PayloadEntry> TextEntries => Schema.Payload.Where(entry => !IsFile(entry));

    public static string ParameterKey(ApiParameter parameter) => "parameter-" + parameter.Name;

    public static string EntryKey(PayloadEntry entry) => "payload-" + entry.Name;

    public string Get(string key) => _texts.GetValueOrDefault(key, Omitted);

    public void Set(string key, string text) => _texts[key] = text;

    public ChosenFile? File(PayloadEntry entry) => _files.GetValueOrDefault(entry.Name);

    public void SetFile(PayloadEntry entry, ChosenFile file) => _files[entry.Name] = file;

    /// <summary>Why the text of a parameter or a JSON entry cannot be sent; null where it can, or is left out.</summary>
    public bool IsReadable(string type, string key) => Get(key).Length == 0 || TryRead(type, Get(key), out _);

    /// <summary>The values that were given, in the schema's order. What cannot be read is left out.</summary>
    public JsonObject Parameters()
    {
        var values = new JsonObject();
        foreach (var parameter in Schema.Parameters)
        {
            var text = Get(ParameterKey(parameter));
            if (text.Length > 0 && TryRead(parameter.Type, text, out var value))
            {
                values[parameter.Name] = value;
            }
        }

        return values;
    }

    /// <summary>The body that a program would send. Written in one go: a picture is not held as text as well.</summary>
    public byte[] Body()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            if (Parameters() is { Count: > 0 } parameters)
            {
                writer.WritePropertyName("parameters");
                parameters.WriteTo(writer);
            }

            writer.WriteStartObject("payload");
            foreach (var entry in Schema.Payload)
            {
                WriteEntry(writer, entry);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static bool IsFile(PayloadEntry entry) => entry.Type is PayloadTypes.Image or PayloadTypes.Audio;

    private void WriteEntry(Utf8JsonWriter writer, PayloadEntry entry)
    {
        var text = Get(EntryKey(entry));
        if (IsFile(entry) ? !_files.ContainsKey(entry.Name) : text.Length == 0)
        {
            return;
        }

        writer.WriteStartObject(entry.Name);
        if (IsFile(entry))
        {
            writer.WriteBase64String("data", _files[entry.Name].Content);
        }
        else if (entry.Type == PayloadTypes.Text)
        {
            writer.WriteString("text", text);
        }
        else if (TryRead(ParameterTypes.Object, text, out var json))
        {
            writer.WritePropertyName("json");
            json!.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static bool TryRead(string type, string text, out JsonNode? value)
    {
        value = null;
        switch (type)
        {
            case ParameterTypes.Integer when long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer):
                value = integer;
                return true;
            case ParameterTypes.Number when decimal.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                value = number;
                return true;
            case ParameterTypes.Boolean when bool.TryParse(text, out var flag):
                value = flag;
                return true;
            case ParameterTypes.String or PayloadTypes.Text:
                value = text;
                return true;
            case ParameterTypes.Integer or ParameterTypes.Number or ParameterTypes.Boolean:
                return false;
            default:
                return TryParse(text, out value);
        }
    }

    private static bool TryParse(string text, out JsonNode? value)
    {
        try
        {
            value = JsonNode.Parse(text);
            return value is not null;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }
}
