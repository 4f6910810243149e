using System.Globalization;

namespace AvaConsole.Core.Schemas.Validation.Patterns;

/// <summary>The characters of <c>\p{…}</c>: general categories from the framework's tables, the common scripts and a few properties.</summary>
internal static class UnicodeProperties
{
    private static readonly Lazy<Dictionary<UnicodeCategory, CodePointSet>> s_categories = new(ReadCategories);

    private static readonly Dictionary<string, string> s_longNames = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L",
        ["Cased_Letter"] = "LC",
        ["Uppercase_Letter"] = "Lu",
        ["Lowercase_Letter"] = "Ll",
        ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm",
        ["Other_Letter"] = "Lo",
        ["Mark"] = "M",
        ["Combining_Mark"] = "M",
        ["Nonspacing_Mark"] = "Mn",
        ["Spacing_Mark"] = "Mc",
        ["Enclosing_Mark"] = "Me",
        ["Number"] = "N",
        ["Decimal_Number"] = "Nd",
        ["digit"] = "Nd",
        ["Letter_Number"] = "Nl",
        ["Other_Number"] = "No",
        ["Punctuation"] = "P",
        ["punct"] = "P",
        ["Connector_Punctuation"] = "Pc",
        ["Dash_Punctuation"] = "Pd",
        ["Open_Punctuation"] = "Ps",
        ["Close_Punctuation"] = "Pe",
        ["Initial_Punctuation"] = "Pi",
        ["Final_Punctuation"] = "Pf",
        ["Other_Punctuation"] = "Po",
        ["Symbol"] = "S",
        ["Math_Symbol"] = "Sm",
        ["Currency_Symbol"] = "Sc",
        ["Modifier_Symbol"] = "Sk",
        ["Other_Symbol"] = "So",
        ["Separator"] = "Z",
        ["Space_Separator"] = "Zs",
        ["Line_Separator"] = "Zl",
        ["Paragraph_Separator"] = "Zp",
        ["Other"] = "C",
        ["Control"] = "Cc",
        ["cntrl"] = "Cc",
        ["Format"] = "Cf",
        ["Surrogate"] = "Cs",
        ["Private_Use"] = "Co",
        ["Unassigned"] = "Cn",
    };

    private static readonly Dictionary<string, UnicodeCategory> s_shortNames = new(StringComparer.Ordinal)
    {
        ["Lu"] = UnicodeCategory.UppercaseLetter,
        ["Ll"] = UnicodeCategory.LowercaseLetter,
        ["Lt"] = UnicodeCategory.TitlecaseLetter,
        ["Lm"] = UnicodeCategory.ModifierLetter,
        ["Lo"] = UnicodeCategory.OtherLetter,
        ["Mn"] = UnicodeCategory.NonSpacingMark,
        ["Mc"] = UnicodeCategory.SpacingCombiningMark,
        ["Me"] = UnicodeCategory.EnclosingMark,
        ["Nd"] = UnicodeCategory.DecimalDigitNumber,
        ["Nl"] = UnicodeCategory.LetterNumber,
        ["No"] = UnicodeCategory.OtherNumber,
        ["Pc"] = UnicodeCategory.ConnectorPunctuation,
        ["Pd"] = UnicodeCategory.DashPunctuation,
        ["Ps"] = UnicodeCategory.OpenPunctuation,
        ["Pe"] = UnicodeCategory.ClosePunctuation,
        ["Pi"] = UnicodeCategory.InitialQuotePunctuation,
        ["Pf"] = UnicodeCategory.FinalQuotePunctuation,
        ["Po"] = UnicodeCategory.OtherPunctuation,
        ["Sm"] = UnicodeCategory.MathSymbol,
        ["Sc"] = UnicodeCategory.CurrencySymbol,
        ["Sk"] = UnicodeCategory.ModifierSymbol,
        ["So"] = UnicodeCategory.OtherSymbol,
        ["Zs"] = UnicodeCategory.SpaceSeparator,
        ["Zl"] = UnicodeCategory.LineSeparator,
        ["Zp"] = UnicodeCategory.ParagraphSeparator,
        ["Cc"] = UnicodeCategory.Control,
        ["Cf"] = UnicodeCategory.Format,
        ["Cs"] = UnicodeCategory.Surrogate,
        ["Co"] = UnicodeCategory.PrivateUse,
        ["Cn"] = UnicodeCategory.OtherNotAssigned,
    };

    private static readonly Dictionary<string, (int First, int Last)[]> s_scripts = new(StringComparer.Ordinal)
    {
        ["Arabic"] = [(0x600, 0x604), (0x606, 0x60b), (0x60d, 0x61a), (0x61c, 0x61e), (0x620, 0x63f), (0x641, 0x64a), (0x656, 0x66f), (0x671, 0x6dc), (0x6de, 0x6ff), (0x750, 0x77f), (0x8a0, 0x8e1), (0x8e3, 0x8ff), (0xfb50, 0xfdff), (0xfe70, 0xfefc)],
        ["Armenian"] = [(0x531, 0x556), (0x559, 0x58a), (0x58d, 0x58f), (0xfb13, 0xfb17)],
        ["Cyrillic"] = [(0x400, 0x484), (0x487, 0x52f), (0x1c80, 0x1c8a), (0x1d2b, 0x1d2b), (0x1d78, 0x1d78), (0x2de0, 0x2dff), (0xa640, 0xa69f), (0xfe2e, 0xfe2f)],
        ["Devanagari"] = [(0x900, 0x950), (0x955, 0x963), (0x966, 0x97f), (0xa8e0, 0xa8ff)],
        ["Greek"] = [(0x370, 0x373), (0x375, 0x377), (0x37a, 0x37d), (0x37f, 0x37f), (0x384, 0x384), (0x386, 0x386), (0x388, 0x3e1), (0x3f0, 0x3ff), (0x1d26, 0x1d2a), (0x1f00, 0x1ffe), (0x2126, 0x2126)],
        ["Han"] = [(0x2e80, 0x2fd5), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303b), (0x3400, 0x4dbf), (0x4e00, 0x9fff), (0xf900, 0xfad9), (0x16fe2, 0x16fe3), (0x20000, 0x2fa1d), (0x30000, 0x323af)],
        ["Hangul"] = [(0x1100, 0x11ff), (0x302e, 0x302f), (0x3131, 0x318e), (0x3200, 0x321e), (0x3260, 0x327e), (0xa960, 0xa97c), (0xac00, 0xd7fb), (0xffa0, 0xffdc)],
        ["Hebrew"] = [(0x591, 0x5c7), (0x5d0, 0x5ea), (0x5ef, 0x5f4), (0xfb1d, 0xfb4f)],
        ["Hiragana"] = [(0x3041, 0x3096), (0x309d, 0x309f), (0x1b001, 0x1b11f), (0x1f200, 0x1f200)],
        ["Katakana"] = [(0x30a1, 0x30fa), (0x30fd, 0x30ff), (0x31f0, 0x31ff), (0x32d0, 0x32fe), (0x3300, 0x3357), (0xff66, 0xff6f), (0xff71, 0xff9d), (0x1b000, 0x1b000)],
        ["Latin"] = [(0x41, 0x5a), (0x61, 0x7a), (0xaa, 0xaa), (0xba, 0xba), (0xc0, 0xd6), (0xd8, 0xf6), (0xf8, 0x2b8), (0x2e0, 0x2e4), (0x1d00, 0x1d25), (0x1d2c, 0x1d5c), (0x1d62, 0x1d65), (0x1d6b, 0x1d77), (0x1d79, 0x1dbe), (0x1e00, 0x1eff), (0x2071, 0x2071), (0x207f, 0x207f), (0x2090, 0x209c), (0x212a, 0x212b), (0x2132, 0x2132), (0x214e, 0x214e), (0x2160, 0x2188), (0x2c60, 0x2c7f), (0xa722, 0xa787), (0xa78b, 0xa7ff), (0xab30, 0xab64), (0xfb00, 0xfb06), (0xff21, 0xff3a), (0xff41, 0xff5a)],
        ["Thai"] = [(0xe01, 0xe3a), (0xe40, 0xe5b)],
    };

    private static readonly Dictionary<string, string> s_scriptCodes = new(StringComparer.Ordinal)
    {
        ["Arab"] = "Arabic",
        ["Armn"] = "Armenian",
        ["Cyrl"] = "Cyrillic",
        ["Deva"] = "Devanagari",
        ["Grek"] = "Greek",
        ["Hani"] = "Han",
        ["Hang"] = "Hangul",
        ["Hebr"] = "Hebrew",
        ["Hira"] = "Hiragana",
        ["Kana"] = "Katakana",
        ["Latn"] = "Latin",
    };

    /// <summary>The property between the braces; null where it is unknown.</summary>
    public static CodePointSet? Find(string property)
    {
        var mark = property.IndexOf('=', StringComparison.Ordinal);
        if (mark < 0)
        {
            return Category(property) ?? Binary(property);
        }

        var (name, value) = (property[..mark], property[(mark + 1)..]);
        return name switch
        {
            "General_Category" or "gc" => Category(value),
            "Script" or "sc" or "Script_Extensions" or "scx" => s_scripts.TryGetValue(s_scriptCodes.GetValueOrDefault(value, value), out var ranges)
                ? CodePointSet.Of(ranges)
                : null,
            _ => null,
        };
    }

    private static CodePointSet? Category(string name)
    {
        name = s_longNames.GetValueOrDefault(name, name);
        string[] parts = name == "LC" ? ["Lu", "Ll", "Lt"] : [.. s_shortNames.Keys.Where(key => key == name || (name.Length == 1 && key[0] == name[0]))];
        return parts.Length == 0 ? null : Join(parts);
    }

    private static CodePointSet? Binary(string name) => name switch
    {
        "Any" => CodePointSet.Of((0, 0x10ffff)),
        "ASCII" => CodePointSet.Of((0, 0x7f)),
        "Assigned" => Join("Cn").Negate(),
        "ASCII_Hex_Digit" or "AHex" => CodePointSet.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
        "Hex_Digit" or "Hex" => CodePointSet.Of(('0', '9'), ('A', 'F'), ('a', 'f'), (0xff10, 0xff19), (0xff21, 0xff26), (0xff41, 0xff46)),
        "White_Space" or "space" => CodePointSet.Of((9, 13), (32, 32), (0x85, 0x85), (0xa0, 0xa0), (0x1680, 0x1680), (0x2000, 0x200a), (0x2028, 0x2029), (0x202f, 0x202f), (0x205f, 0x205f), (0x3000, 0x3000)),
        "Alphabetic" or "Alpha" => Join("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Mc"),
        "Uppercase" or "Upper" => With(Join("Lu"), (0x2160, 0x216f), (0x24b6, 0x24cf), (0x1f130, 0x1f149), (0x1f150, 0x1f169), (0x1f170, 0x1f189)),
        "Lowercase" or "Lower" => With(Join("Ll"), (0xaa, 0xaa), (0xba, 0xba), (0x2b0, 0x2b8), (0x2c0, 0x2c1), (0x2e0, 0x2e4), (0x2170, 0x217f), (0x24d0, 0x24e9)),
        "ID_Start" or "IDS" => Join("Lu", "Ll", "Lt", "Lm", "Lo", "Nl"),
        "ID_Continue" or "IDC" => Join("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Mn", "Mc", "Nd", "Pc"),
        _ => null,
    };

    private static CodePointSet With(CodePointSet set, params ReadOnlySpan<(int First, int Last)> more)
    {
        set.Add(CodePointSet.Of(more));
        return set;
    }

    private static CodePointSet Join(params ReadOnlySpan<string> names)
    {
        var set = new CodePointSet();
        foreach (var name in names)
        {
            set.Add(s_categories.Value.GetValueOrDefault(s_shortNames[name], new CodePointSet()));
        }

        return set;
    }

    private static Dictionary<UnicodeCategory, CodePointSet> ReadCategories()
    {
        var sets = new Dictionary<UnicodeCategory, CodePointSet>();
        for (var first = 0; first <= 0x10ffff;)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(first);
            var last = first;
            while (last < 0x10ffff && CharUnicodeInfo.GetUnicodeCategory(last + 1) == category)
            {
                last++;
            }

            sets.TryAdd(category, new CodePointSet());
            sets[category].Add(first, last);
            first = last + 1;
        }

        return sets;
    }
}
