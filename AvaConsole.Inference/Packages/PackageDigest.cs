namespace AvaConsole.Inference.Packages;

/// <summary>SHA-256 as it names packages and folders.</summary>
internal static class PackageDigest
{
    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static bool IsValid(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
