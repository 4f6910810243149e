using System.Text.Json.Nodes;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Releases;

/// <summary>Holds an answer against what its test case expects.</summary>
internal static class TestJudge
{
    // Results are kept as evidence, and shown in a table.
    private const int MaxShown = 120;

    public static TestCaseResult Judge(TestCase test, Result<VerificationAnswer> answer)
    {
        if (!answer.IsSuccess)
        {
            return new TestCaseResult(test.Id, test.Name, false, Shorten(test.Kind == ExpectationKind.Label ? test.ExpectedLabel : test.Expected), "", 0, 0, ErrorCause.Texts(answer.Error).Code);
        }

        var (code, expected, actual) = Compare(test, answer.Value);
        var score = test.Kind == ExpectationKind.Label && double.IsFinite(answer.Value.Score) ? answer.Value.Score : 0; // jsonb knows no NaN.
        return new TestCaseResult(test.Id, test.Name, code.Length == 0, Shorten(expected), Shorten(actual), score, answer.Value.Milliseconds, code);
    }

    private static (string Code, string Expected, string Actual) Compare(TestCase test, VerificationAnswer answer)
    {
        switch (test.Kind)
        {
            case ExpectationKind.Values:
                return TestExpectations.FindDifference(JsonNode.Parse(test.Expected), answer.Result, test.Tolerance ?? TestExpectations.UsualTolerance) is { } differs
                    ? ("verification.other_value", $"{differs.Path} = {differs.Expected}", differs.Actual)
                    : ("", test.Expected, answer.Result.ToJsonString());
            case ExpectationKind.Boxes:
                return TestExpectations.FindMissing(test.Expected, answer.Result, test.Tolerance ?? TestExpectations.UsualIou) is { } missing
                    ? ("verification.box_missing", missing.Expected, missing.Actual)
                    : ("", test.Expected, answer.Result["detections"]?.ToJsonString() ?? "");
            case ExpectationKind.Text:
                var texts = TestExpectations.TextsIn(answer.Result).ToList();
                return texts.Contains(test.Expected) ? ("", test.Expected, test.Expected) : ("verification.other_text", test.Expected, texts.FirstOrDefault() ?? "");
            default:
                var failure = test.ExpectedLabel.Length > 0 && answer.Label != test.ExpectedLabel ? "verification.other_label"
                    : test.MinimumScore is { } minimum && !(answer.Score >= minimum) ? "verification.score_too_low"
                    : "";
                return (failure, test.ExpectedLabel, answer.Label);
        }
    }

    private static string Shorten(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "…";
}
