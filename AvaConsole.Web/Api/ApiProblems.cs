using AvaConsole.Core.Common;
using AvaConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AvaConsole.Web.Api;

/// <summary>Errors as problem documents: status, the code that programs read, the words that people read.</summary>
internal static class ApiProblems
{
    public static ProblemHttpResult Of(Error error, ErrorPresenter presenter) => Of(StatusOf(error), error.Code, TextOf(error, presenter));

    public static ProblemHttpResult Of(int status, string code, string text) =>
        TypedResults.Problem(detail: text, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });

    /// <summary>For who gave no account, or a wrong password.</summary>
    public static ProblemHttpResult SignedOut(ErrorPresenter presenter) => Of(StatusCodes.Status401Unauthorized, "push.signed_out", presenter.Text("push.signed_out", []));

    private static string TextOf(Error error, ErrorPresenter presenter) =>
        presenter.Problems(error) is { Count: > 1 } problems ? string.Join(" ", problems.Select(problem => problem.Text)) : presenter.Text(error);

    private static int StatusOf(Error error) => error switch
    {
        NotFoundError => StatusCodes.Status404NotFound,
        ConflictError => StatusCodes.Status409Conflict,
        ForbiddenError => StatusCodes.Status403Forbidden,
        UnavailableError => StatusCodes.Status503ServiceUnavailable,
        BusyError => StatusCodes.Status429TooManyRequests,
        TimeoutError => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status400BadRequest,
    };
}
