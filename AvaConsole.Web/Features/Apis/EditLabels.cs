using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis;

/// <summary>Says a history's steps in the reader's language. A new code needs a text <c>Step_{code}</c> in <see cref="EditText"/>.</summary>
public static class EditLabels
{
    public static string Text(this IStringLocalizer<EditText> texts, EditLabel label) =>
        texts["Step_" + label.Code, [.. label.Args.Select(argument => Argument(texts, argument))]];

    private static string Argument(IStringLocalizer<EditText> texts, string argument)
    {
        if (argument.StartsWith("@/", StringComparison.Ordinal))
        {
            return texts.Place(argument[2..]);
        }

        if (argument.StartsWith('@') && texts[argument[1..]] is { ResourceNotFound: false } known)
        {
            return known;
        }

        // Rows may have no name yet.
        return argument.Length == 0 ? "…" : argument;
    }
}
