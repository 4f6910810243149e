using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>JSON as Python writes it: <c>True</c>, <c>None</c>, and texts whose escapes mean there what they mean here.</summary>
internal static class PythonLiteral
{
    public static string Write(JsonNode? node) => Append(new StringBuilder(), node, 0).ToString();

    public static string Text(string text)
    {
        var builder = new StringBuilder("\"");
        foreach (var letter in text)
        {
            // Half of a surrogate pair as \ud83d would stay half in Python, so other letters stand as they are.
            _ = letter switch
            {
                '"' => builder.Append("\\\""),
                '\\' => builder.Append("\\\\"),
                '\n' => builder.Append("\\n"),
                '\r' => builder.Append("\\r"),
                '\t' => builder.Append("\\t"),
                < ' ' or '\u007f' or '\u2028' or '\u2029' => builder.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture)),
                _ => builder.Append(letter),
            };
        }

        return builder.Append('"').ToString();
    }

    private static StringBuilder Append(StringBuilder builder, JsonNode? node, int level) => node switch
    {
        null => builder.Append("None"),
        JsonObject { Count: 0 } => builder.Append("{}"),
        JsonArray { Count: 0 } => builder.Append("[]"),
        JsonObject value => AppendAll(builder, '{', '}', level, value, member => Append(builder.Append(Text(member.Key)).Append(": "), member.Value, level + 1)),
        JsonArray items => AppendAll(builder, '[', ']', level, items, item => Append(builder, item, level + 1)),
        _ => builder.Append(node.GetValueKind() switch
        {
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            JsonValueKind.String => Text(node.GetValue<string>()),
            _ => node.ToJsonString(),
        }),
    };

    private static StringBuilder AppendAll<T>(StringBuilder builder, char open, char close, int level, IEnumerable<T> parts, Action<T> append)
    {
        builder.Append(open).Append('\n');
        foreach (var part in parts)
        {
            builder.Append(' ', (level + 1) * 4);
            append(part);
            builder.Append(",\n");
        }

        return builder.Append(' ', level * 4).Append(close);
    }
}
