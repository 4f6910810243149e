using System.Globalization;

namespace AvaConsole.Core.Common;

/// <summary>
/// An error as the reason of another: its code, marked, and its own values come last among the other's <see cref="Error.Args"/>. So it outlives
/// documents and columns that keep nothing but texts, and can still be said in the reader's language.
/// </summary>
/// <example><c>package.custom_file_failed</c> with <c>labels.txt</c>, <c>@egress.status</c>, <c>files.example</c>, <c>404</c>.</example>
public static class ErrorCause
{
    private const char Mark = '@';

    /// <param name="subject">What failed, the first of the values.</param>
    /// <param name="cause">Why; of an <see cref="InvalidError"/> the first problem.</param>
    public static object?[] Args(object subject, Error cause)
    {
        var (code, args) = FirstOf(cause);
        return [subject, Mark + code, .. args];
    }

    /// <summary>An error as texts alone; of an <see cref="InvalidError"/> the first problem.</summary>
    public static (string Code, IReadOnlyList<string> Args) Texts(Error error)
    {
        var (code, args) = FirstOf(error);
        return (code, [.. args.Select(arg => Convert.ToString(arg, CultureInfo.InvariantCulture) ?? "")]);
    }

    /// <summary>Where among the values a cause begins; -1 for nowhere. Never the first: that is what failed, and a user may have named it.</summary>
    public static int IndexIn(IReadOnlyList<object?> args)
    {
        for (var index = 1; index < args.Count; index++)
        {
            if (args[index] is string { Length: > 1 } text && text[0] == Mark)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>The code at <paramref name="index"/>.</summary>
    public static string CodeAt(IReadOnlyList<object?> args, int index) => ((string)args[index]!)[1..];

    private static (string Code, object?[] Args) FirstOf(Error error) =>
        error is InvalidError { Problems: [var problem, ..] } ? (problem.Code, problem.Args) : (error.Code, error.Args);
}
