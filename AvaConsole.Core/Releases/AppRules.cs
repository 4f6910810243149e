using AvaConsole.Core.Common;
using AvaConsole.Core.Naming;

namespace AvaConsole.Core.Releases;

/// <summary>What an app and its test cases must fulfil. All problems at once; fields are the request's properties.</summary>
internal static class AppRules
{
    public const int MaxTestCaseBytes = 10 * 1024 * 1024;

    public static List<Problem> Check(AppRequest request)
    {
        var problems = new List<Problem>();
        if (!AppNames.IsCommand(request.Command))
        {
            problems.Add(new Problem(nameof(request.Command), "app.command_invalid", request.Command));
        }
        else if (AppNames.IsReserved(request.Command))
        {
            problems.Add(new Problem(nameof(request.Command), "app.command_reserved", request.Command));
        }

        if (request.OwnerUid < 0)
        {
            problems.Add(new Problem(nameof(request.OwnerUid), "app.owner_uid_invalid"));
        }

        Text.Check(problems, nameof(request.Description), request.Description, Text.LongLength);
        Text.Check(problems, nameof(request.AccessKey), request.AccessKey, 256);
        Text.Check(problems, nameof(request.SecretKey), request.SecretKey, 256);
        return problems;
    }

    /// <summary>
    /// Gateways that route by prefix without a closing slash send <c>comics-bg</c> to <c>comics</c>: no command may begin with another,
    /// in either order.
    /// </summary>
    public static Problem? CheckAgainst(string command, IEnumerable<string> others)
    {
        foreach (var other in others)
        {
            if (other == command)
            {
                return new Problem(nameof(AppRequest.Command), "app.command_taken", command);
            }

            if (other.StartsWith(command, StringComparison.Ordinal) || command.StartsWith(other, StringComparison.Ordinal))
            {
                return new Problem(nameof(AppRequest.Command), "app.command_prefix_clash", command, other);
            }
        }

        return null;
    }

    public static List<Problem> Check(TestCaseRequest request)
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(request.Name))
        {
            problems.Add(new Problem(nameof(request.Name), "test_case.name_required"));
        }

        if (request.Content.Length == 0)
        {
            problems.Add(new Problem(nameof(request.Content), "test_case.empty"));
        }
        else if (request.Content.Length > MaxTestCaseBytes)
        {
            problems.Add(new Problem(nameof(request.Content), "test_case.too_large", MaxTestCaseBytes));
        }

        if (request.MinimumScore is < 0 or > 1 or double.NaN)
        {
            problems.Add(new Problem(nameof(request.MinimumScore), "test_case.score_range"));
        }

        Text.Check(problems, nameof(request.Name), request.Name, 200);
        Text.Check(problems, nameof(request.FileName), request.FileName, 255);
        Text.Check(problems, nameof(request.MediaType), request.MediaType, 100);
        Text.Check(problems, nameof(request.ExpectedLabel), request.ExpectedLabel, 500);
        return problems;
    }
}
