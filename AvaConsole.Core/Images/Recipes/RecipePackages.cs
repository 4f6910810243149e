using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Images.Recipes;

/// <summary>A Debian package, written <c>libgl1=1.0.0-2</c>.</summary>
/// <param name="Version">Empty for whatever the archive has.</param>
public sealed partial record AptPackage(string Name, string Version)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out AptPackage? package)
    {
        var match = text is null ? Match.Empty : Grammar().Match(text);
        package = match.Success ? new AptPackage(match.Groups["name"].Value, match.Groups["version"].Value) : null;
        return match.Success;
    }

    public override string ToString() => Version.Length == 0 ? Name : $"{Name}={Version}";

    // Names and versions by Debian's policy manual, §5.6.1 and §5.6.12; an architecture may follow the name.
    [GeneratedRegex("""\A(?<name>[a-z0-9][a-z0-9+.-]{1,127}(:[a-z0-9]{1,20})?)(=(?<version>[0-9][0-9A-Za-z.+~:-]{0,127}))?\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Grammar();
}

/// <summary>A Python package, written as a requirement: <c>keras==2.3.1</c>, <c>requests[socks]&gt;=2.20,&lt;3</c>.</summary>
/// <param name="Name">As written; packages are the same by <see cref="Key"/>.</param>
/// <param name="Extras">Without brackets, for example <c>socks,security</c>; empty for none.</param>
/// <param name="Specifier">With its comparison, for example <c>==2.3.1</c>; empty for the newest.</param>
public sealed partial record PipPackage(string Name, string Extras, string Specifier)
{
    /// <summary>The name as indexes compare it (PEP 503): lower case, one hyphen for each run of <c>-_.</c>.</summary>
    public string Key => Separators().Replace(Name, "-").ToLowerInvariant();

    /// <summary>One version and no other.</summary>
    public bool IsPinned => Specifier.StartsWith("==", StringComparison.Ordinal) && !Specifier.EndsWith('*');

    /// <summary>The pinned version; empty where none is.</summary>
    public string Version => IsPinned ? Specifier.TrimStart('=').Split(',')[0] : "";

    public static bool TryParse(string? text, [NotNullWhen(true)] out PipPackage? package)
    {
        var match = text is null ? Match.Empty : Grammar().Match(text);
        package = match.Success ? new PipPackage(match.Groups["name"].Value, match.Groups["extras"].Value, match.Groups["specifier"].Value) : null;
        return match.Success;
    }

    public override string ToString() => $"{Name}{(Extras.Length == 0 ? "" : $"[{Extras}]")}{Specifier}";

    // PEP 508 without spaces, markers and addresses; versions by PEP 440.
    [GeneratedRegex(
        """\A(?<name>[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?)(\[(?<extras>[A-Za-z0-9._-]{1,64}(,[A-Za-z0-9._-]{1,64}){0,15})\])?(?<specifier>((===?|~=|!=|<=|>=|<|>)[0-9A-Za-z][0-9A-Za-z.!+_-]{0,63}(\.\*)?(,(~=|!=|<=|>=|==|<|>)[0-9A-Za-z][0-9A-Za-z.!+_-]{0,63}(\.\*)?){0,7})?)\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    [GeneratedRegex("[-_.]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
