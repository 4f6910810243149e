using AvaConsole.Inference.Pipelines.Results.Detecting;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Inference.Pipelines.Results;

public sealed class NonMaxSuppressionTests
{
    private static readonly Box s_box = new(0, 0, 10, 10);

    [Theory]
    [InlineData(0, 0, 10, 10, 1)]
    [InlineData(0, 0, 10, 5, 0.5)] // 50 shared of 100
    [InlineData(5, 5, 15, 15, 25 / 175.0)] // 25 shared of 100 + 100 - 25
    [InlineData(10, 0, 20, 10, 0)] // edges touch
    [InlineData(20, 20, 30, 30, 0)]
    [InlineData(5, 5, 5, 15, 0)] // no width
    [InlineData(8, 8, 2, 2, 0)] // inside out
    public void Iou_OfATenByTenBox_IsSharedByTogether(float left, float top, float right, float bottom, double expected)
    {
        var other = new Box(left, top, right, bottom);

        Assert.Equal(expected, s_box.Iou(other), 6);
        Assert.Equal(expected, other.Iou(s_box), 6);
    }

    [Fact]
    public void Apply_OverlapsOfAClass_KeepsTheBestOfEach()
    {
        Detection[] candidates =
        [
            new(0, 0.6f, new Box(1, 0, 11, 10)), // IoU with the next 90 / 110
            new(0, 0.9f, s_box),
            new(1, 0.8f, new Box(1, 0, 11, 10)), // the same place, another class
            new(0, 0.7f, new Box(100, 100, 110, 110)),
        ];

        Assert.Equal([candidates[1], candidates[2], candidates[3]], NonMaxSuppression.Apply(candidates, 0.5f, 100));
        Assert.Equal([candidates[1], candidates[2], candidates[3], candidates[0]], NonMaxSuppression.Apply(candidates, 0.9f, 100));
    }

    [Fact]
    public void Apply_OverlapOfExactlyTheThreshold_IsKept()
    {
        Detection[] candidates = [new(0, 0.9f, s_box), new(0, 0.8f, new Box(0, 0, 10, 5))];

        Assert.Equal(2, NonMaxSuppression.Apply(candidates, 0.5f, 100).Count);
        Assert.Single(NonMaxSuppression.Apply(candidates, 0.49f, 100));
    }

    [Fact]
    public void Apply_EqualScores_TheFirstStays()
    {
        Detection[] candidates = [new(0, 0.5f, new Box(1, 0, 11, 10)), new(0, 0.5f, s_box), new(0, 0.5f, new Box(50, 50, 60, 60))];

        Assert.Equal([candidates[0], candidates[2]], NonMaxSuppression.Apply(candidates, 0.5f, 100));
    }

    // A suppresses B; B would have suppressed C, but is gone itself.
    [Fact]
    public void Apply_ChainOfOverlaps_OnlyKeptBoxesSuppress()
    {
        Detection[] candidates = [new(0, 0.9f, s_box), new(0, 0.8f, new Box(4, 0, 14, 10)), new(0, 0.7f, new Box(8, 0, 18, 10))];

        Assert.Equal([candidates[0], candidates[2]], NonMaxSuppression.Apply(candidates, 0.4f, 100));
    }

    [Fact]
    public void Apply_AllAlike_OneStays() =>
        Assert.Single(NonMaxSuppression.Apply([.. Enumerable.Repeat(new Detection(3, 0.5f, s_box), 50)], 0.45f, 100));

    [Fact]
    public void Apply_NothingOrLimitOfNone_IsEmpty()
    {
        Assert.Empty(NonMaxSuppression.Apply([], 0.45f, 100));
        Assert.Empty(NonMaxSuppression.Apply([new(0, 0.5f, s_box)], 0.45f, 0));
    }

    [Fact]
    public void Apply_AnyBoxes_KeepsASubsetWithoutOverlaps()
    {
        var box = from left in Gen.Choose(0, 20)
                  from top in Gen.Choose(0, 20)
                  from width in Gen.Choose(1, 12)
                  from height in Gen.Choose(1, 12)
                  from label in Gen.Choose(0, 2)
                  from score in Gen.Choose(0, 10)
                  select new Detection(label, score / 10f, new Box(left, top, left + width, top + height));
        var threshold = Gen.Choose(0, 10).Select(tenths => tenths / 10f);

        Prop.ForAll(box.ListOf().ToArbitrary(), threshold.ToArbitrary(), (boxes, iou) =>
        {
            var kept = NonMaxSuppression.Apply([.. boxes], iou, 30);

            Assert.True(kept.Count <= 30 && kept.TrueForAll(boxes.Contains) && kept.Count <= boxes.Count);
            Assert.Equal(kept.OrderByDescending(one => one.Score).Select(one => one.Score), kept.Select(one => one.Score));
            Assert.All(kept.SelectMany((one, index) => kept.Skip(index + 1).Where(other => other.Class == one.Class).Select(other => one.Box.Iou(other.Box))), overlap => Assert.True(overlap <= iou));
            Assert.Equal(boxes.Count > 0, kept.Count > 0);
        }).QuickCheckThrowOnFailure();
    }
}
