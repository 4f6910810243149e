using System.Text.Json.Nodes;
using AvaConsole.Web.Features.Apps;

namespace AvaConsole.Tests.Web.Apps;

public sealed class ShownDetectionTests
{
    [Fact]
    public void Read_BoxesOfAnAnswer_GivesPointsColoursAndSizes()
    {
        var shown = ShownDetection.Read(JsonNode.Parse("""
            {"detections": [
              {"index": 1, "class": "cat", "score": 0.93, "pts": [[1, 2], [5, 2], [5, 9.5], [1, 9.5]]},
              {"index": 9, "score": 0.5, "pts": [[0, 0], [3, 0], [3, 3], [0, 3]], "color": [10, 20, 30]}
            ]}
            """)!.AsObject());

        Assert.Equal(["1,2 5,2 5,9.5 1,9.5", "0,0 3,0 3,3 0,3"], shown.Select(one => one.Points));
        Assert.Equal(["cat", "9"], shown.Select(one => one.Label));
        Assert.Equal(["1, 2 – 5, 9.5", "0, 0 – 3, 3"], shown.Select(one => one.Size));
        Assert.Equal("rgb(10 20 30)", shown[1].Color);
        Assert.NotEqual(shown[0].Color, shown[1].Color);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"detections": 3}""")]
    [InlineData("""{"detections": [3, {"class": "no place"}]}""")]
    [InlineData("""{"detections": [{"pts": [[1, 2], [5]]}]}""")]
    [InlineData("""{"detections": [{"pts": [[1, 2], ["a", 2], [3, 3]]}]}""")]
    [InlineData("""{"detections": [{"pts": [[1, 2], [3, 2]]}]}""")]
    public void Read_NothingThatHasAPlace_IsEmpty(string json) => Assert.Empty(ShownDetection.Read(JsonNode.Parse(json)!.AsObject()));
}
