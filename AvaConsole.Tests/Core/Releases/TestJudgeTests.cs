using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;

namespace AvaConsole.Tests.Core.Releases;

public sealed class TestJudgeTests
{
    private const string Cats = """{"detections": [{"class": "cat", "score": 0.9, "pts": [[0, 0], [10, 0], [10, 10], [0, 10]]}, {"class": "cat", "score": 0.8, "pts": [[20, 0], [30, 0], [30, 10], [20, 10]]}]}""";

    [Theory]
    [InlineData("""{"values": [{"value": 3.2}]}""", """{"values": [{"name": "price", "value": 3.20005, "unit": "EUR"}]}""", null, "", "")]
    [InlineData("""{"values": [{"value": 3.2}]}""", """{"values": [{"name": "price", "value": 3.21}]}""", null, "$.values[0].value = 3.2", "3.21")]
    [InlineData("""{"values": [{"value": 3.2}]}""", """{"values": [{"name": "price", "value": 3.21}]}""", 0.01, "", "")]
    [InlineData("""{"data": [1000]}""", """{"data": [1001]}""", 0.01, "", "")]
    [InlineData("""{"data": [0.001]}""", """{"data": [0.005]}""", 0.01, "", "")]
    [InlineData("""{"data": [1, 2]}""", """{"data": [1, 2, 3]}""", null, "$.data = [1,2]", "[1,2,3]")]
    [InlineData("""{"id": 9007199254740993}""", """{"id": 9007199254740992}""", 0.0, "$.id = 9007199254740993", "9007199254740992")]
    [InlineData("""{"name": "a", "gone": null}""", """{"name": "a"}""", null, "", "")]
    [InlineData("""{"name": "a"}""", """{"name": "b"}""", null, "$.name = \"a\"", "\"b\"")]
    public void Judge_Values_HoldsMembersAgainstTheResult(string expected, string result, double? tolerance, string place, string actual)
    {
        var judged = Judge(new TestCase { Kind = ExpectationKind.Values, Expected = expected, Tolerance = tolerance }, result);

        Assert.Equal((place.Length == 0, place.Length == 0 ? "" : "verification.other_value"), (judged.Passed, judged.FailureCode));
        Assert.True(place.Length == 0 || (judged.ExpectedLabel, judged.ActualLabel) == (place, actual), $"{judged}");
    }

    [Theory]
    [InlineData("""[{"class": "cat", "box": [0, 0, 10, 10]}]""", null, "")]
    [InlineData("""[{"class": "cat", "box": [0, 0, 10, 5]}]""", null, "")]
    [InlineData("""[{"class": "cat", "box": [0, 0, 10, 5]}]""", 0.6, "cat [0, 0, 10, 10], IoU 0.5")]
    [InlineData("""[{"class": "cat", "box": [0, 0, 10, 10]}, {"class": "cat", "box": [1, 0, 11, 10]}]""", null, "cat [20, 0, 30, 10], IoU 0")]
    public void Judge_Boxes_EachNeedsADetectionOfItsOwn(string expected, double? iou, string nearest)
    {
        var judged = Judge(new TestCase { Kind = ExpectationKind.Boxes, Expected = expected, Tolerance = iou }, Cats);

        Assert.Equal(nearest.Length == 0 ? "" : "verification.box_missing", judged.FailureCode);
        Assert.True(nearest.Length == 0 || judged.ActualLabel == nearest, judged.ActualLabel);
    }

    [Fact]
    public void Judge_BoxOfAnotherClass_IsMissing() =>
        Assert.Equal("verification.box_missing", Judge(new TestCase { Kind = ExpectationKind.Boxes, Expected = """[{"class": "dog", "box": [0, 0, 10, 10]}]""" }, Cats).FailureCode);

    [Theory]
    [InlineData("hello", "")]
    [InlineData("Hello", "verification.other_text")]
    public void Judge_Text_IsExact(string expected, string code) =>
        Assert.Equal(code, Judge(new TestCase { Kind = ExpectationKind.Text, Expected = expected }, """{"outputs": [{"data": ["hello"]}]}""").FailureCode);

    [Fact]
    public void Judge_LongAnswer_IsKeptShort() =>
        Assert.InRange(Judge(new TestCase { Kind = ExpectationKind.Values, Expected = "{}" }, $$"""{"text": "{{new string('x', 1000)}}"}""").ActualLabel.Length, 1, 121);

    [Fact]
    public void Judge_Refusal_HasItsCode()
    {
        var judged = TestJudge.Judge(new TestCase { Kind = ExpectationKind.Text, Expected = "a" }, new InvalidError("$.payload", "request.entry_missing", "x"));

        Assert.Equal((false, "request.entry_missing", "a"), (judged.Passed, judged.FailureCode, judged.ExpectedLabel));
    }

    [Theory]
    [InlineData(ExpectationKind.Values, "[1]", null, "test_case.expected_not_object")]
    [InlineData(ExpectationKind.Values, "{", null, "test_case.expected_not_object")]
    [InlineData(ExpectationKind.Values, """{"a": 1}""", -1.0, "test_case.tolerance_range")]
    [InlineData(ExpectationKind.Boxes, """[{"class": "a", "box": [0, 0, 0, 1]}]""", null, "test_case.expected_not_boxes")]
    [InlineData(ExpectationKind.Boxes, """[{"class": "a", "box": [0, 0, 1, 1]}]""", 0.0, "test_case.iou_range")]
    [InlineData(ExpectationKind.Text, "", null, "test_case.expected_required")]
    [InlineData(ExpectationKind.Text, "anything", null, null)]
    [InlineData(ExpectationKind.Values, """{"a": 1}""", 0.0, null)]
    [InlineData(ExpectationKind.Label, "", null, null)]
    public void Check_Expectation_NamesWhatIsWrong(ExpectationKind kind, string expected, double? tolerance, string? code)
    {
        var request = new TestCaseRequest("n", "f", "text/plain", [1], "", null) { Kind = kind, Expected = expected, Tolerance = tolerance };

        Assert.Equal(code, AppRules.Check(request).Select(problem => problem.Code).SingleOrDefault());
    }

    [Fact]
    public void Check_EntryTwice_IsRefused()
    {
        var request = new TestCaseRequest("n", "f", "text/plain", [1], "", null) { Entry = "a", More = [new TestCaseEntry("a", "", "text/plain", [1])] };

        Assert.Equal("test_case.entry_twice", Assert.Single(AppRules.Check(request)).Code);
    }

    private static TestCaseResult Judge(TestCase test, string result) =>
        TestJudge.Judge(test, new VerificationAnswer("", 0, 1) { Result = JsonNode.Parse(result)!.AsObject() });
}
