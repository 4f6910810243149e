using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>Parts of a document as messages show them.</summary>
internal static class ProblemTexts
{
    public static string Name(ReadOnlySpan<byte> name) => JsonText.Shorten(name);

    /// <summary>The JSON name of a kind.</summary>
    public static string Kind(JsonKind kind) => kind switch
    {
        JsonKind.Null => "null",
        JsonKind.True or JsonKind.False => "boolean",
        JsonKind.Number => "number",
        JsonKind.String => "string",
        JsonKind.Array => "array",
        _ => "object",
    };

    /// <summary>The JSON pointer (RFC 6901) of a row; found by going down from the root, so that nobody else has to keep track of it.</summary>
    public static string Pointer(in JsonView view, int row)
    {
        var path = new System.Text.StringBuilder();
        for (var at = 0; at != row;)
        {
            at = Step(view, at, row, out var name, out var index);
            path.Append('/');
            if (name < 0)
            {
                path.Append(index);
            }
            else
            {
                path.Append(Escape(Text(view, name)));
            }
        }

        return path.ToString();
    }

    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Text(in JsonView view, int row)
    {
        var raw = view.Raw(row);
        if (!view.Rows[row].IsEscaped)
        {
            return System.Text.Encoding.UTF8.GetString(raw);
        }

        var bytes = new byte[raw.Length];
        return System.Text.Encoding.UTF8.GetString(bytes, 0, JsonText.Unescape(raw, bytes));
    }

    /// <summary>The child of a container that holds a row or is it; a name's row counts as its value.</summary>
    public static int Step(in JsonView view, int container, int row, out int name, out int index)
    {
        (name, index) = (-1, 0);
        var isObject = view.Rows[container].Kind == JsonKind.Object;
        for (var at = container + 1; ; index++)
        {
            name = isObject ? at : -1;
            var child = isObject ? at + 1 : at;
            if (row < view.Rows[child].Next)
            {
                return row == at ? row : child;
            }

            at = view.Rows[child].Next;
        }
    }
}
