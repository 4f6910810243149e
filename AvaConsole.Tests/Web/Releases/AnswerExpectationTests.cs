using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Features.Releases.Service;

namespace AvaConsole.Tests.Web.Releases;

public sealed class AnswerExpectationTests
{
    [Theory]
    [InlineData("""{"confidences": [{"index": 1, "class": "cat", "score": 0.9}, {"index": 0, "class": "dog", "score": 0.1}]}""", ExpectationKind.Label, "cat", "")]
    [InlineData(
        """{"detections": [{"index": 0, "class": "cat", "score": 0.9, "pts": [[10, 5], [20, 5], [20, 15], [10, 15]]}]}""", ExpectationKind.Boxes, "", """[{"class":"cat","box":[10,5,20,15]}]""")]
    [InlineData("""{"detections": []}""", ExpectationKind.Values, "", """{"detections":[]}""")]
    [InlineData("""{"values": [{"name": "price", "value": 3.25}]}""", ExpectationKind.Values, "", """{"values":[{"name":"price","value":3.25}]}""")]
    public void Of_AnswerOfAKind_IsPassedByThatAnswer(string answer, ExpectationKind kind, string label, string expected)
    {
        var result = JsonNode.Parse(answer)!.AsObject();

        var expectation = AnswerExpectation.Of(result);

        Assert.Equal(new AnswerExpectation(kind, label, expected), expectation);
        var request = new TestCaseRequest("n", "", "image/png", [1], label, null) { Kind = kind, Expected = expected };
        Assert.Empty(AppRules.Check(request));
        var test = new TestCase { Kind = kind, ExpectedLabel = label, Expected = expected };
        Assert.True(TestJudge.Judge(test, (Result<VerificationAnswer>)new VerificationAnswer(label, 1, 1) { Result = result }).Passed);
    }
}
