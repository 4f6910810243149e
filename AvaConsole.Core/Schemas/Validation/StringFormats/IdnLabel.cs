using System.Globalization;
using System.Text;

namespace AvaConsole.Core.Schemas.Validation.StringFormats;

/// <summary>One label of a host's name in Unicode: RFC 5891 §4.2 and the code points of RFC 5892.</summary>
internal static class IdnLabel
{
    private static readonly int[] s_allowed = [0xdf, 0x3c2, 0x6fd, 0x6fe, 0xf0b, 0x3007, '-'];
    private static readonly int[] s_refused = [0x640, 0x7fa, 0x302e, 0x302f, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303b];

    /// <summary>Signs that join what stands round them (canonical combining class 9).</summary>
    private static readonly HashSet<int> s_viramas =
    [
        0x94d, 0x9cd, 0xa4d, 0xacd, 0xb4d, 0xbcd, 0xc4d, 0xccd, 0xd3b, 0xd3c, 0xd4d, 0xdca, 0xe3a, 0xeba, 0xf84, 0x1039, 0x103a, 0x1714, 0x1734, 0x17d2, 0x1a60,
        0x1b44, 0x1baa, 0x1bab, 0x1bf2, 0x1bf3, 0xa806, 0xa82c, 0xa8c4, 0xa953, 0xa9c0, 0xaaf6, 0xabed, 0x11046, 0x1107f, 0x110b9, 0x111c0, 0x11235, 0x1134d,
    ];

    public static bool IsValid(string label)
    {
        var characters = label.EnumerateRunes().ToArray();
        var hasReservedHyphens = characters.Length >= 4 && characters[2].Value == '-' && characters[3].Value == '-';
        if (hasReservedHyphens || characters[0].Value == '-' || characters[^1].Value == '-' || IsMark(characters[0]) || !label.IsNormalized(NormalizationForm.FormC))
        {
            return false;
        }

        for (var at = 0; at < characters.Length; at++)
        {
            if (!IsAllowed(characters, at))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMark(Rune character) => Rune.GetUnicodeCategory(character)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsAllowed(Rune[] label, int at)
    {
        var character = label[at];
        if (s_allowed.Contains(character.Value))
        {
            return true;
        }

        return IsAllowedByContext(label, at) ?? (!s_refused.Contains(character.Value) && IsLetterOrDigit(character) && IsStable(character));
    }

    /// <summary>Null for characters without a rule of their own (RFC 5892, appendix A).</summary>
    private static bool? IsAllowedByContext(Rune[] label, int at) => label[at].Value switch
    {
        0xb7 => ValueAt(label, at - 1) == 'l' && ValueAt(label, at + 1) == 'l',
        0x375 => IsGreek(ValueAt(label, at + 1)),
        0x5f3 or 0x5f4 => ValueAt(label, at - 1) is >= 0x590 and <= 0x5ff or >= 0xfb1d and <= 0xfb4f,
        0x30fb => label.Any(one => one.Value is (>= 0x3041 and <= 0x309f) or (>= 0x30a1 and <= 0x30fa) or (>= 0x30fd and <= 0x30ff) or (>= 0x3400 and <= 0x9fff) or (>= 0x20000 and <= 0x323af)),
        >= 0x660 and <= 0x669 => !label.Any(one => one.Value is >= 0x6f0 and <= 0x6f9),
        >= 0x6f0 and <= 0x6f9 => !label.Any(one => one.Value is >= 0x660 and <= 0x669),
        0x200d => s_viramas.Contains(ValueAt(label, at - 1)),
        0x200c => s_viramas.Contains(ValueAt(label, at - 1)) || (IsJoining(ValueAt(label, at - 1)) && IsJoining(ValueAt(label, at + 1))),
        _ => null,
    };

    private static int ValueAt(Rune[] label, int at) => at >= 0 && at < label.Length ? label[at].Value : -1;

    private static bool IsGreek(int value) => value is (>= 0x370 and <= 0x3ff) or (>= 0x1f00 and <= 0x1fff);

    /// <summary>Letters of scripts that are written joined.</summary>
    private static bool IsJoining(int value) => value is (>= 0x620 and <= 0x64a) or (>= 0x66e and <= 0x6d3) or (>= 0x710 and <= 0x7ff) or (>= 0x1820 and <= 0x18aa);

    private static bool IsLetterOrDigit(Rune character) =>
        character.Value is not ((>= 0x1100 and <= 0x11ff) or (>= 0xa960 and <= 0xa97c) or (>= 0xd7b0 and <= 0xd7fb))
        && Rune.GetUnicodeCategory(character) is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Unchanged by compatibility and case folding: there is no other way to write it.</summary>
    private static bool IsStable(Rune character)
    {
        var text = character.ToString();
        return character.IsAscii || string.Equals(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Normalize(NormalizationForm.FormKC), text, StringComparison.Ordinal);
    }
}
