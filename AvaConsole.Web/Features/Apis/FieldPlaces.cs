using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apis;

/// <summary>Where an element of the form is in the draft.</summary>
public static class FieldPlaces
{
    /// <summary><c>field-Parameters-2-Maximum</c> → <c>parameters/top_k/maximum</c>; empty for what is no field of the draft.</summary>
    public static string Path(ApiSchema schema, string id)
    {
        var parts = id.Split('-');
        if (id == "code")
        {
            return id;
        }

        if (parts[0] != "field" || parts.Length < 2)
        {
            return "";
        }

        if (!Enum.TryParse<DraftList>(parts[1], out var list) || parts.Length < 3 || !int.TryParse(parts[2], out var index))
        {
            return Lower(parts[1]);
        }

        var names = list switch
        {
            DraftList.Parameters => schema.Parameters.Select(row => row.Name),
            DraftList.Payload => schema.Payload.Select(row => row.Name),
            _ => schema.Response.Select(row => row.Name),
        };
        return string.Join('/', new[] { Lower(parts[1]), names.ElementAtOrDefault(index) ?? "" }.Concat(parts.Skip(3).TakeLast(1).Select(Lower)));
    }

    private static string Lower(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
