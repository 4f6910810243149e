using System.Net.Http.Headers;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>The name of a media type in its parts: <c>application/problem+json; charset=utf-8</c>.</summary>
internal sealed class MediaTypeName
{
    private readonly string _type;
    private readonly string _subtype;
    private readonly string[] _suffixes;

    private MediaTypeName(string type, string[] subtypes, IReadOnlyDictionary<string, string> parameters)
    {
        _type = type;
        _subtype = subtypes[0];
        _suffixes = subtypes[1..];
        Parameters = parameters;
    }

    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The parts of a name; null for what is none.</summary>
    public static MediaTypeName? Parse(string name)
    {
        if (!MediaTypeHeaderValue.TryParse(name, out var header) || header.MediaType?.ToLowerInvariant().Split('/') is not [{ Length: > 0 } type, { Length: > 0 } rest])
        {
            return null;
        }

        var subtypes = rest.Split('+');
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in header.Parameters)
        {
            parameters[parameter.Name] = parameter.Value?.Trim('"') ?? "";
        }

        return subtypes.Any(part => part.Length == 0) ? null : new MediaTypeName(type, subtypes, parameters);
    }

    /// <summary>
    /// Whether <paramref name="other"/> is this type or a special case of it: <c>application/problem+json</c> is JSON, <c>image/svg+xml+zip</c> is
    /// <c>image/svg+xml</c> with one more layer. Parameters do not count.
    /// </summary>
    public bool Contains(MediaTypeName other)
    {
        if (_type != other._type)
        {
            return false;
        }

        if (_suffixes.Length == 0 && other._suffixes is [.., var last] && last == _subtype)
        {
            return true;
        }

        return _subtype == other._subtype && other._suffixes.AsSpan().StartsWith(_suffixes);
    }

    public bool HasParametersOf(MediaTypeName other) =>
        Parameters.Count == other.Parameters.Count && Parameters.All(entry => other.Parameters.TryGetValue(entry.Key, out var value) && value == entry.Value);
}
