namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>
/// References to other schemas, resolved as RFC 3986 §5.2 says. Characters stay as they are written: <c>System.Uri</c> would lower-case,
/// decode and refuse what only serves as a name here.
/// </summary>
internal readonly record struct SchemaUri(string? Scheme, string? Authority, string Path, string? Query, string? Fragment)
{
    /// <summary>Where a schema without an address of its own stands.</summary>
    public const string Nowhere = "schema:///";

    public static SchemaUri Parse(string text)
    {
        var (rest, fragment) = Cut(text, '#');
        (rest, var query) = Cut(rest, '?');
        string? scheme = null;
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && char.IsAsciiLetter(rest[0]) && rest.AsSpan(0, colon).IndexOfAny("/?#") < 0)
        {
            (scheme, rest) = (rest[..colon], rest[(colon + 1)..]);
        }

        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return new SchemaUri(scheme, null, rest, query, fragment);
        }

        var path = rest.IndexOf('/', 2);
        path = path < 0 ? rest.Length : path;
        return new SchemaUri(scheme, rest[2..path], rest[path..], query, fragment);
    }

    /// <summary>The absolute form of a reference, and its fragment (without <c>#</c>, still encoded; null for none).</summary>
    public static (string Absolute, string? Fragment) Resolve(string baseUri, string reference)
    {
        var uri = Parse(reference);
        var resolved = uri.Scheme is not null ? uri with { Path = RemoveDots(uri.Path) } : Merge(Parse(baseUri), uri);
        return (resolved.WithoutFragment(), uri.Fragment);
    }

    private static SchemaUri Merge(SchemaUri origin, SchemaUri uri)
    {
        if (uri.Authority is not null)
        {
            return uri with { Scheme = origin.Scheme, Path = RemoveDots(uri.Path) };
        }

        if (uri.Path.Length == 0)
        {
            return origin with { Query = uri.Query ?? origin.Query };
        }

        var slash = origin.Path.LastIndexOf('/');
        var path = uri.Path[0] == '/' ? uri.Path
            : origin.Authority is not null && origin.Path.Length == 0 ? "/" + uri.Path
            : origin.Path[..(slash + 1)] + uri.Path;
        return origin with { Path = RemoveDots(path), Query = uri.Query };
    }

    private string WithoutFragment() => string.Concat(
        Scheme is null ? "" : Scheme + ":",
        Authority is null ? "" : "//" + Authority,
        Path,
        Query is null ? "" : "?" + Query);

    private static (string Before, string? Behind) Cut(string text, char mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    private static string RemoveDots(string path)
    {
        if (!path.Contains("./", StringComparison.Ordinal) && !path.EndsWith('.'))
        {
            return path;
        }

        var kept = new List<string>();
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var isLast = i == segments.Length - 1;
            if (segments[i] == "..")
            {
                if (kept.Count > 1 || (kept.Count == 1 && kept[0].Length > 0))
                {
                    kept.RemoveAt(kept.Count - 1);
                }
            }
            else if (segments[i] != ".")
            {
                kept.Add(segments[i]);
            }

            if (isLast && segments[i] is ("." or ".."))
            {
                kept.Add("");
            }
        }

        return string.Join('/', kept);
    }
}
