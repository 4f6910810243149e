using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Serving;

/// <summary>What an answer says in words: English, or Chinese to callers whose <c>Accept-Language</c> prefers it.</summary>
internal sealed class ServingTexts(IStringLocalizer<ErrorText> texts)
{
    private const int MaxJoined = 5;

    private static readonly CultureInfo s_english = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo s_chinese = CultureInfo.GetCultureInfo("zh-Hans");

    /// <summary>The first language of the caller's that there is.</summary>
    public static CultureInfo CultureOf(HttpRequest request)
    {
        var wanted = request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is not 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value?.Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(language => language is "zh" or "en");
        return wanted == "zh" ? s_chinese : s_english;
    }

    public string Text(Error error) => error is InvalidError invalid
        ? Text("request.invalid", [string.Join("; ", invalid.Problems.Take(MaxJoined).Select(problem => $"{problem.Field}: {Text(problem)}"))])
        : Text(error.Code, error.Args);

    public string Text(Problem problem) => Text(problem.Code, problem.Args);

    private string Text(string code, object?[] args)
    {
        var text = texts[code];
        return text.ResourceNotFound ? code : string.Format(CultureInfo.InvariantCulture, text.Value, args);
    }
}
