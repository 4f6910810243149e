using System.Globalization;
using System.Resources;
using AvaConsole.Core.Common;
using AvaConsole.Web.Infrastructure.Culture;
using AvaConsole.Web.Resources;

namespace AvaConsole.Web.Cli.Common;

/// <summary>The verbs' own texts, and those of error codes, straight from the resources: no host is built for a verb.</summary>
internal static class CliTexts
{
    private static readonly ResourceManager s_texts = new(typeof(CliText).FullName!, typeof(CliText).Assembly);
    private static readonly ResourceManager s_errors = new(typeof(ErrorText).FullName!, typeof(ErrorText).Assembly);

    /// <summary>What <c>--lang</c> says, else the environment as POSIX reads it; English for any other language.</summary>
    public static void Choose(IReadOnlyList<string> args)
    {
        var language = LanguageOf(args) ?? Variable("LC_ALL") ?? Variable("LC_MESSAGES") ?? Variable("LANG") ?? "";
        var culture = language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Cultures.Chinese : Cultures.English;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
    }

    public static string Of(string key, params object?[] args) => Format(s_texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key), args);

    /// <summary>The text of an error's, a note's or a rule's code; a code without a text names itself.</summary>
    public static string OfCode(string code, IReadOnlyList<object?> args)
    {
        if (ErrorCause.IndexIn(args) is var at and > 0)
        {
            args = [.. args.Take(at), OfCode(ErrorCause.CodeAt(args, at), [.. args.Skip(at + 1)])];
        }

        return s_errors.GetString(code, CultureInfo.CurrentUICulture) is { } text ? Format(text, args) : Format(s_errors.GetString("unknown", CultureInfo.CurrentUICulture)!, [code]);
    }

    private static string Format(string text, IReadOnlyList<object?> args) =>
        args.Count == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, [.. args]);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string? LanguageOf(IReadOnlyList<string> args)
    {
        for (var index = 0; index < args.Count; index++)
        {
            if (args[index].StartsWith("--lang=", StringComparison.Ordinal)) return args[index]["--lang=".Length..];
            if (args[index] == "--lang" && index + 1 < args.Count) return args[index + 1];
        }

        return null;
    }
}
