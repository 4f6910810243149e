namespace AvaConsole.Web.Features.Widgets;

/// <summary>Says digests as people tell them apart.</summary>
public static class DigestText
{
    private const int Digits = 12;

    /// <summary>For example <c>sha256:0123456789ab</c>.</summary>
    public static string Short(string digest) => digest.IndexOf(':', StringComparison.Ordinal) is var colon && digest.Length > colon + 1 + Digits
        ? digest[..(colon + 1 + Digits)]
        : digest;
}
