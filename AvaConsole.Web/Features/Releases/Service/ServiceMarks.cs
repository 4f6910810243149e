using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Apis.Code;

namespace AvaConsole.Web.Features.Releases.Service;

/// <summary>Finds the lines of <c>service.yaml</c> that errors are about.</summary>
public static class ServiceMarks
{
    private const string Place = "service.yaml:";

    /// <returns>One for each problem. Line 0: it belongs to no line, such as what does not fit the model.</returns>
    public static IReadOnlyList<CodeMark> Of(Error error, ErrorPresenter presenter) => error is InvalidError invalid
        ? [.. invalid.Problems.Select(problem => new CodeMark(LineOf(problem), presenter.Text(problem.Code, problem.Args), Error: true))]
        : [new CodeMark(0, presenter.Text(error), Error: true)];

    // Members carry their place as a text, broken files the line alone.
    private static int LineOf(Problem problem) => (problem.Code, problem.Args) switch
    {
        (_, [string place, ..]) when place.StartsWith(Place, StringComparison.Ordinal) && int.TryParse(place.AsSpan(Place.Length), CultureInfo.InvariantCulture, out var line) => line,
        ("package.service_yaml_syntax" or "package.service_yaml_not_plain", [var line, ..]) => Convert.ToInt32(line, CultureInfo.InvariantCulture),
        _ => 0,
    };
}
