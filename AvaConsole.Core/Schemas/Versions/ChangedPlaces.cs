using System.Text.Json;

namespace AvaConsole.Core.Schemas.Versions;

/// <summary>Places of the request whose own rules differ between two versions, whatever the difference.</summary>
internal static class ChangedPlaces
{
    public static IEnumerable<ChangePlace> Between(ApiSchema from, ApiSchema to) =>
        Members(["parameters"], from.Parameters, to.Parameters).Concat(Entries(from.Payload, to.Payload));

    private static IEnumerable<ChangePlace> Members(string[] path, IReadOnlyList<ApiParameter> from, IReadOnlyList<ApiParameter> to)
    {
        foreach (var old in from)
        {
            var now = to.FirstOrDefault(member => member.Name == old.Name);
            foreach (var place in now is null ? [new ChangePlace([.. path, old.Name])] : Parameter([.. path, old.Name], old, now))
            {
                yield return place;
            }
        }
    }

    private static IEnumerable<ChangePlace> Parameter(string[] path, ApiParameter old, ApiParameter now)
    {
        if (!IsSame(old with { Properties = [], Items = null, Description = "", Title = "" }, now with { Properties = [], Items = null, Description = "", Title = "" }))
        {
            yield return new ChangePlace(path);
        }

        foreach (var place in Members(path, old.Properties, now.Properties))
        {
            yield return place;
        }

        if (old.Items is { } element && now.Items is { } newElement)
        {
            foreach (var place in Parameter([.. path, ChangePlace.Element], element, newElement))
            {
                yield return place;
            }
        }
    }

    private static IEnumerable<ChangePlace> Entries(IReadOnlyList<PayloadEntry> from, IReadOnlyList<PayloadEntry> to) => from
        .Where(old => to.FirstOrDefault(entry => entry.Name == old.Name) is not { } now || !IsSame(old with { Description = "" }, now with { Description = "" }))
        .Select(old => new ChangePlace(["payload", old.Name]));

    // Lists are compared by what is in them.
    private static bool IsSame<T>(T left, T right) => JsonSerializer.Serialize(left) == JsonSerializer.Serialize(right);
}
