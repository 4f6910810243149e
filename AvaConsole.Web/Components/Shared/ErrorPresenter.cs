using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Components.Shared;

/// <summary>Says errors in the reader's language. Codes are the keys of <c>Resources/ErrorText</c>.</summary>
public sealed class ErrorPresenter(IStringLocalizer<ErrorText> texts)
{
    public string Text(Error error) => error is InvalidError { Problems: [var only] } ? Text(only.Code, only.Args) : Text(error.Code, error.Args);

    /// <summary>A code without a text names itself, so that nobody is left without a clue.</summary>
    public string Text(string code, IReadOnlyList<object?> args)
    {
        if (ErrorCause.IndexIn(args) is var at and > 0)
        {
            args = [.. args.Take(at), Text(ErrorCause.CodeAt(args, at), [.. args.Skip(at + 1)])];
        }

        var text = texts[code];
        return text.ResourceNotFound ? texts["unknown", code] : Format(text.Value, args);
    }

    /// <summary>Why a host runs on its provider. A host of another version may give words alone.</summary>
    public string ProviderReason(HostStatusDocument host) =>
        host.ProviderReasonCode.Length == 0 ? host.ProviderReason : Text(host.ProviderReasonCode, [.. host.ProviderReasonArgs]);

    /// <summary>The problems of an <see cref="InvalidError"/>, in order; none for other errors.</summary>
    public IReadOnlyList<(string Field, string Text)> Problems(Error error) => error is InvalidError invalid
        ? [.. invalid.Problems.Select(problem => (problem.Field, Text(problem.Code, problem.Args)))]
        : [];

    /// <summary>The text for one field, or null.</summary>
    public string? For(Error? error, string field) => error is InvalidError invalid
        ? invalid.Problems.Where(problem => problem.Field == field).Select(problem => Text(problem.Code, problem.Args)).FirstOrDefault()
        : null;

    private static string Format(string text, IReadOnlyList<object?> args)
    {
        if (args.Count == 0)
        {
            return text;
        }

        try
        {
            return string.Format(CultureInfo.CurrentCulture, text, [.. args]);
        }
        catch (FormatException)
        {
            // A text with more placeholders than the code has values is a fault of ours; the bare text still helps.
            return text;
        }
    }
}
