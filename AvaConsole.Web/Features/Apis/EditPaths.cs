using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis;

/// <summary>Says the paths of merged members in the reader's language: <c>parameters/top_k/maximum</c> is "top_k: the maximum".</summary>
public static class EditPaths
{
    public static string Place(this IStringLocalizer<EditText> texts, string path)
    {
        var parts = path.Split('/');
        var member = texts["Member_" + char.ToUpperInvariant(parts[^1][0..1].FirstOrDefault('?')) + (parts[^1].Length > 1 ? parts[^1][1..] : "")];
        var rows = string.Join(" › ", parts.Skip(1).Take(parts.Length - 2).Where(part => part is not "properties"));
        return (member.ResourceNotFound, rows.Length == 0) switch
        {
            (true, true) => parts[^1],
            (true, false) => $"{rows} › {parts[^1]}",
            (false, true) => member.Value,
            (false, false) => texts["Place", rows, member.Value],
        };
    }

    /// <summary>What a merge's value is called where there is none.</summary>
    public static string Value(this IStringLocalizer<EditText> texts, string? value) => value switch
    {
        null => texts["Nothing"],
        { Length: > 120 } => value[..119] + "…",
        _ => value,
    };
}
