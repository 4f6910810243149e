using System.Text;

namespace AvaConsole.Web.Cli.Api;

/// <summary>The live endpoints say places as JSON paths (<c>$.parameters['a b'][0]</c>); tools want JSON pointers as well.</summary>
internal static class JsonPaths
{
    /// <summary>A pointer stays as it is.</summary>
    public static string ToPointer(string path)
    {
        if (!path.StartsWith('$'))
        {
            return path;
        }

        var pointer = new StringBuilder();
        for (var at = 1; at < path.Length;)
        {
            at = path[at] switch
            {
                '.' => AppendName(path, at + 1, pointer),
                '[' when at + 1 < path.Length && path[at + 1] == '\'' => AppendQuoted(path, at + 2, pointer),
                _ => AppendIndex(path, at + 1, pointer),
            };
        }

        return pointer.ToString();
    }

    private static int AppendName(string path, int start, StringBuilder pointer)
    {
        var end = path.AsSpan(start).IndexOfAny('.', '[') is var found and >= 0 ? start + found : path.Length;
        Append(pointer, path[start..end]);
        return end;
    }

    private static int AppendIndex(string path, int start, StringBuilder pointer)
    {
        var end = path.IndexOf(']', start) is var found and >= 0 ? found : path.Length;
        Append(pointer, path[start..end]);
        return end + 1;
    }

    private static int AppendQuoted(string path, int start, StringBuilder pointer)
    {
        var name = new StringBuilder();
        var at = start;
        for (; at < path.Length && path[at] != '\''; at++)
        {
            at += path[at] == '\\' && at + 1 < path.Length ? 1 : 0;
            name.Append(path[at]);
        }

        Append(pointer, name.ToString());
        return at + 2;
    }

    private static void Append(StringBuilder pointer, string name) =>
        pointer.Append('/').Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
}
