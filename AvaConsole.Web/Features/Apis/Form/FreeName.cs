namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>Names for copies.</summary>
public static class FreeName
{
    /// <summary><c>speed</c> → <c>speed_2</c>, <c>speed_2</c> → <c>speed_3</c>; a free name and an empty one stay.</summary>
    public static string Find(string name, IEnumerable<string> taken)
    {
        var names = taken.ToHashSet(StringComparer.Ordinal);
        if (name.Length == 0 || !names.Contains(name))
        {
            return name;
        }

        var split = name.LastIndexOf('_');
        var stem = split > 0 && int.TryParse(name.AsSpan(split + 1), out _) ? name[..split] : name;
        return Enumerable.Range(2, names.Count + 1).Select(number => $"{stem}_{number}").First(candidate => !names.Contains(candidate));
    }
}
