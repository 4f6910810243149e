namespace AvaConsole.Core.Schemas.Validation.StringFormats;

/// <summary>Internet addresses: RFC 2673 §3.2 and RFC 4291 §2.2, without zones.</summary>
internal static class AddressFormats
{
    private const int Groups = 8;

    public static bool IsIpv4(ReadOnlySpan<byte> text)
    {
        var parts = 0;
        foreach (var range in text.Split((byte)'.'))
        {
            var part = text[range];
            if (part.Length is 0 or > 3 || part.ContainsAnyExceptInRange((byte)'0', (byte)'9') || (part.Length > 1 && part[0] == '0') || (part.Length == 3 && part.SequenceCompareTo("255"u8) > 0))
            {
                return false;
            }

            parts++;
        }

        return parts == 4;
    }

    public static bool IsIpv6(ReadOnlySpan<byte> text)
    {
        var gap = text.IndexOf("::"u8);
        if (gap < 0)
        {
            return CountGroups(text) == Groups;
        }

        var (before, behind) = (CountGroups(text[..gap]), CountGroups(text[(gap + 2)..]));

        // Dotted numbers stand at the end only.
        return before >= 0 && behind >= 0 && before + behind < Groups && !text[..gap].Contains((byte)'.');
    }

    private static int CountGroups(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        var count = 0;
        foreach (var range in text.Split((byte)':'))
        {
            var group = text[range];
            if (group.Contains((byte)'.'))
            {
                return range.End.GetOffset(text.Length) == text.Length && IsIpv4(group) ? count + 2 : -1;
            }

            if (group.Length is 0 or > 4 || !Json.JsonText.IsHex(group))
            {
                return -1;
            }

            count++;
        }

        return count;
    }
}
