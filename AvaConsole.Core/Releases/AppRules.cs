using AvaConsole.Core.Common;

namespace AvaConsole.Core.Releases;

/// <summary>What an app, its name aside, and its test cases must fulfil. All problems at once; fields are the request's properties.</summary>
internal static class AppRules
{
    public const int MaxTestCaseBytes = 10 * 1024 * 1024;

    public static List<Problem> Check(AppRequest request)
    {
        var problems = new List<Problem>();
        if (request.OwnerUid < 0)
        {
            problems.Add(new Problem(nameof(request.OwnerUid), "app.owner_uid_invalid"));
        }

        Text.Check(problems, nameof(request.Description), request.Description, Text.LongLength);
        Text.Check(problems, nameof(request.NameReason), request.NameReason, Text.LongLength);
        Text.Check(problems, nameof(request.AccessKey), request.AccessKey, 256);
        Text.Check(problems, nameof(request.SecretKey), request.SecretKey, 256);
        return problems;
    }

    public static List<Problem> Check(TestCaseRequest request)
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(request.Name))
        {
            problems.Add(new Problem(nameof(request.Name), "test_case.name_required"));
        }

        CheckPayload(problems, request);
        if (request.MinimumScore is < 0 or > 1 or double.NaN)
        {
            problems.Add(new Problem(nameof(request.MinimumScore), "test_case.score_range"));
        }

        Text.Check(problems, nameof(request.Name), request.Name, 200);
        Text.Check(problems, nameof(request.FileName), request.FileName, 255);
        Text.Check(problems, nameof(request.MediaType), request.MediaType, 100);
        Text.Check(problems, nameof(request.ExpectedLabel), request.ExpectedLabel, 500);
        Text.Check(problems, nameof(request.Entry), request.Entry, 100);
        problems.AddRange(TestExpectations.Check(request));
        return problems;
    }

    private static void CheckPayload(List<Problem> problems, TestCaseRequest request)
    {
        if (request.Content.Length == 0 || request.More.Any(entry => entry.Content.Length == 0))
        {
            problems.Add(new Problem(nameof(request.Content), "test_case.empty"));
        }
        else if (request.Content.Length + request.More.Sum(entry => (long)entry.Content.Length) > MaxTestCaseBytes)
        {
            problems.Add(new Problem(nameof(request.Content), "test_case.too_large", MaxTestCaseBytes));
        }

        if (request.More.Select(entry => entry.Name).Append(request.Entry).GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            problems.Add(new Problem(nameof(request.Entry), "test_case.entry_twice", twice.Key));
        }
    }
}
