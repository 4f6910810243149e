using System.Globalization;
using System.Text;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>Names of one list: present, well formed, not reserved, each once; and the list's length.</summary>
internal static class NameLint
{
    private const int MaxLength = 64;

    public static void Check<T>(LintSite<IReadOnlyList<T>> list, IReadOnlyList<T> items, Func<T, string> nameOf, Func<T, string, T> rename, LintSink sink)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var (index, name) = (i, nameOf(items[i]));
            var field = $"{list.Field}[{i}].Name";
            if (name.Length == 0)
            {
                sink.Add("schema.name_missing", field, null);
            }
            else if (!SchemaNames.IsMember(name))
            {
                sink.Add("schema.name_invalid", field, Propose(name) is null ? null : Renamed(Propose, now => !SchemaNames.IsMember(now)), name);
            }
            else if (SchemaNames.IsReservedMember(name))
            {
                sink.Add("schema.name_reserved", field, null, name);
            }
            else if (!seen.Add(name))
            {
                sink.Add("schema.name_duplicate", field, Renamed(now => now, _ => true), name);
            }

            Func<ApiSchema, ApiSchema> Renamed(Func<string, string?> propose, Func<string, bool> applies) => list.Fix(now =>
                index < now.Count && nameOf(now[index]) == name && applies(name) && propose(name) is { } proposed
                    ? LintSite.Replace(now, index, rename(now[index], Free(proposed, now.Where((_, other) => other != index).Select(nameOf))))
                    : now);
        }

        if (items.Count > SchemaLint.MaxMembers)
        {
            sink.Add("schema.too_many", list.Field, null, SchemaLint.MaxMembers);
        }
    }

    /// <summary>A well-formed name of the same letters; null where none are left.</summary>
    private static string? Propose(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name.Trim())
        {
            text.Append(char.IsAsciiLetterOrDigit(character) || character is '_' or '-' ? character : '_');
        }

        var proposed = text.ToString().Trim('_');
        if (proposed.Length > 0 && !char.IsAsciiLetter(proposed[0]))
        {
            proposed = "_" + proposed.TrimStart('-');
        }

        return proposed.Any(char.IsAsciiLetterOrDigit) ? proposed[..Math.Min(proposed.Length, MaxLength)] : null;
    }

    /// <summary>The name, numbered where it is taken or has a meaning of its own.</summary>
    private static string Free(string name, IEnumerable<string> taken)
    {
        var others = taken.ToHashSet(StringComparer.Ordinal);
        var free = name;
        for (var number = 2; others.Contains(free) || SchemaNames.IsReservedMember(free); number++)
        {
            var suffix = "_" + number.ToString(CultureInfo.InvariantCulture);
            free = name[..Math.Min(name.Length, MaxLength - suffix.Length)] + suffix;
        }

        return free;
    }
}
