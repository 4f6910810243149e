using System.Globalization;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>A row's rules in a few short words.</summary>
public static class RowChips
{
    private const int MaxWords = 3;
    private const int MaxText = 28;

    public static IReadOnlyList<string> Of(ApiParameter parameter, IStringLocalizer<FormText> texts)
    {
        var chips = new List<string>();
        Add(chips, parameter.Format);
        Add(chips, Range(parameter));
        Add(chips, parameter.MultipleOf is { } step ? "× " + Text(step) : "");
        Add(chips, Lengths(parameter.MinLength, parameter.MaxLength) is { Length: > 0 } length ? texts["ChipLength", length] : "");
        Add(chips, Lengths(parameter.MinItems, parameter.MaxItems) is { Length: > 0 } count ? texts["ChipItems", count] : "");
        Add(chips, parameter.Pattern.Length > 0 ? $"/{parameter.Pattern}/" : "");
        Add(chips, Words(parameter.Enum));
        Add(chips, parameter.Default.Length > 0 ? "= " + parameter.Default : "");
        Add(chips, parameter.UniqueItems ? texts["ChipUnique"] : "");
        Add(chips, parameter.Nullable ? texts["ChipNullable"] : "");
        Add(chips, parameter.Open && parameter.Type == ParameterTypes.Object ? texts["ChipOpen"] : "");
        Add(chips, parameter.Deprecated ? texts["ChipDeprecated"] : "");
        return chips;
    }

    public static IReadOnlyList<string> Of(PayloadEntry entry, IStringLocalizer<FormText> texts)
    {
        var chips = new List<string>();
        Add(chips, Words(entry.Encodings));
        Add(chips, Words(entry.Compressions));
        Add(chips, Words(entry.Formats));
        Add(chips, entry.SampleRates.Count > 0 ? Words(entry.SampleRates) + " Hz" : "");
        Add(chips, entry.Channels.Count > 0 ? texts["ChipChannels", Words(entry.Channels)] : "");
        Add(chips, entry.BitDepths.Count > 0 ? texts["ChipBits", Words(entry.BitDepths)] : "");
        Add(chips, Bytes(entry));
        Add(chips, entry.DataType);
        Add(chips, entry.Shape.Count > 0 ? $"[{string.Join(", ", entry.Shape)}]" : "");
        Add(chips, entry.Type == PayloadTypes.Json && entry.Content is { } content ? content.Type : "");
        return chips;
    }

    private static void Add(List<string> chips, string text)
    {
        if (text.Length > 0)
        {
            chips.Add(text.Length <= MaxText ? text : text[..MaxText] + "…");
        }
    }

    /// <summary><c>1–10</c>, <c>&gt; 0</c>, <c>≤ 5</c>.</summary>
    private static string Range(ApiParameter parameter)
    {
        if (parameter is { Minimum: { } least, Maximum: { } most, ExclusiveMinimum: null, ExclusiveMaximum: null })
        {
            return $"{Text(least)} – {Text(most)}";
        }

        string?[] parts =
        [
            parameter.Minimum is { } minimum ? "≥ " + Text(minimum) : null,
            parameter.ExclusiveMinimum is { } above ? "> " + Text(above) : null,
            parameter.Maximum is { } maximum ? "≤ " + Text(maximum) : null,
            parameter.ExclusiveMaximum is { } below ? "< " + Text(below) : null,
        ];
        return string.Join(" ", parts.Where(part => part is not null));
    }

    private static string Lengths(int? least, int? most) => (least, most) switch
    {
        (null, null) => "",
        (null, { } longest) => $"≤ {longest}",
        ({ } shortest, null) => $"≥ {shortest}",
        _ when least == most => $"{least}",
        _ => $"{least} – {most}",
    };

    private static string Bytes(PayloadEntry entry) => (entry.MinBytes, entry.MaxBytes) switch
    {
        (null, null) => "",
        (null, { } most) => "≤ " + ByteText.Size(most),
        ({ } least, null) => "≥ " + ByteText.Size(least),
        ({ } least, { } most) => $"{ByteText.Size(least)} – {ByteText.Size(most)}",
    };

    private static string Words<T>(IReadOnlyList<T> words) =>
        string.Join(" | ", words.Take(MaxWords).Select(word => Convert.ToString(word, CultureInfo.InvariantCulture))) + (words.Count > MaxWords ? $" +{words.Count - MaxWords}" : "");

    private static string Text(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
