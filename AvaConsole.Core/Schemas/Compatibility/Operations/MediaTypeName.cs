using System.Net.Http.Headers;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>The name of a media type in its parts: <c>application/problem+json; charset=utf-8</c>.</summary>
internal sealed class MediaTypeName
{
    private readonly string _type;
    private readonly string _subtype;
    private readonly string _suffix;

    private MediaTypeName(string type, string subtype, string suffix, IReadOnlyDictionary<string, string> parameters) =>
        (_type, _subtype, _suffix, Parameters) = (type, subtype, suffix, parameters);

    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The parts of a name; null for what is none, and for names with more than one suffix, which nobody can compare.</summary>
    public static MediaTypeName? Parse(string name)
    {
        if (!MediaTypeHeaderValue.TryParse(name.TrimEnd(';', ' '), out var header)
            || header.MediaType?.ToLowerInvariant().Split('/') is not [{ Length: > 0 } type, { Length: > 0 } rest])
        {
            return null;
        }

        var subtypes = rest.Split('+');
        if (subtypes.Length > 2 || subtypes.Any(part => part.Length == 0))
        {
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in header.Parameters)
        {
            if (parameter.Value is not { } value)
            {
                return null;
            }

            parameters[parameter.Name] = value.Trim('"');
        }

        return new MediaTypeName(type, subtypes[0], subtypes.ElementAtOrDefault(1) ?? "", parameters);
    }

    /// <summary>Whether <paramref name="other"/> is this type or a special case of it: <c>application/problem+json</c> is JSON. Parameters do not count.</summary>
    public bool Contains(MediaTypeName other)
    {
        var isSame = other._subtype == _subtype && other._suffix == _suffix;
        return _type == other._type && (isSame || (_suffix.Length == 0 && other._suffix == _subtype));
    }

    public bool HasParametersOf(MediaTypeName other) =>
        Parameters.Count == other.Parameters.Count && Parameters.All(entry => other.Parameters.TryGetValue(entry.Key, out var value) && value == entry.Value);
}
