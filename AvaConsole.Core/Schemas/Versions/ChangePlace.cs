using AvaConsole.Core.Schemas.Compatibility;

namespace AvaConsole.Core.Schemas.Versions;

/// <summary>Where a change is in the request or response.</summary>
/// <param name="Path">Members from the outside in, <see cref="Element"/> for the elements of an array.</param>
internal sealed record ChangePlace(string[] Path)
{
    public const string Element = "[]";

    /// <summary>
    /// A rule about a member (it was added, removed or became required) points at the object that holds it and names the member's path
    /// first among its values.
    /// </summary>
    public static ChangePlace Of(ApiChange change)
    {
        var place = Of(change.Pointer);
        var named = change.Id.Contains("property", StringComparison.Ordinal) && change.Args.Count > 0 ? change.Args[0].Split('/') : [];
        return named.Length == place.Path.Length + 1 ? new ChangePlace([.. place.Path, named[^1]]) : place;
    }

    /// <summary>
    /// Reads <c>…/schema/properties/parameters/properties/top_k/maximum</c> and <c>/components/schemas/Request/properties/…</c>: the
    /// members that lead to the last schema of the pointer.
    /// </summary>
    public static ChangePlace Of(string pointer)
    {
        var parts = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var path = new List<string>();
        for (var i = Start(parts); i < parts.Length; i++)
        {
            if (parts[i] == "properties" && i + 1 < parts.Length)
            {
                path.Add(parts[++i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
            }
            else if (parts[i] == "items")
            {
                path.Add(Element);
            }
            else if (parts[i] is "allOf" or "anyOf" or "oneOf")
            {
                i++;
            }
            else
            {
                break;
            }
        }

        return new ChangePlace([.. path]);
    }

    public override string ToString() => string.Join('.', Path);

    private static int Start(string[] parts)
    {
        var components = parts is ["components", "schemas", ..] ? 3 : 0;
        return components > 0 ? components : Math.Max(Array.IndexOf(parts, "schema") + 1, 0);
    }
}
