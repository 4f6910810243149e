using AvaConsole.Core.Images.Recipes;

namespace AvaConsole.Web.Features.Images.Recipes;

/// <summary>A Python package in two fields: its name with extras, and its version, before which <c>==</c> need not be typed.</summary>
internal static class PipText
{
    private const string Exactly = "==";

    public static PackageRow ToRow(PipPackage package) => new()
    {
        Name = package.Name + (package.Extras.Length == 0 ? "" : $"[{package.Extras}]"),
        Version = IsPlain(package.Specifier) ? package.Specifier[Exactly.Length..] : package.Specifier,
    };

    /// <summary>What is typed like a whole requirement into the first field is one.</summary>
    public static PipPackage ToPackage(PackageRow row)
    {
        var (name, version) = (row.Name.Trim(), row.Version.Trim());
        var text = version.Length == 0 ? name : name + (char.IsAsciiLetterOrDigit(version[0]) ? Exactly : "") + version;
        return PipPackage.TryParse(text.Replace(" ", "", StringComparison.Ordinal), out var package) ? package : new PipPackage(text, "", "");
    }

    // "===1.0" is another comparison, and ">=1,==1.*" are two.
    private static bool IsPlain(string specifier) =>
        specifier.StartsWith(Exactly, StringComparison.Ordinal) && specifier.Length > 2 && char.IsAsciiLetterOrDigit(specifier[2]) && !specifier.Contains(',', StringComparison.Ordinal);
}
