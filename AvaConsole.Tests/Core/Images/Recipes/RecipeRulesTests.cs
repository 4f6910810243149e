using AvaConsole.Core.Images.Recipes;

namespace AvaConsole.Tests.Core.Images.Recipes;

public sealed class RecipeRulesTests
{
    [Theory]
    [InlineData("ava-tensorflow-cpu-classify-v20261121-1", "", "")]
    [InlineData("ava-keras", "The platform's own name for it.", "")]
    [InlineData("ava-keras", "", "recipe.name_reason_missing")]
    [InlineData("ava-keras", "  ", "recipe.name_reason_missing")]
    [InlineData("Ava-Keras", "because", "recipe.stored_name_invalid")]
    [InlineData("vision/ava-keras", "because", "recipe.stored_name_invalid")]
    [InlineData("", "because", "recipe.stored_name_invalid")]
    [InlineData("-x", "because", "recipe.stored_name_invalid")]
    public void Check_Name_ARecommendationCanBeLeftWithAReasonAndARuleCannot(string name, string reason, string expected)
    {
        var problems = RecipeRules.Check(new RecipeRequest(name, reason));

        Assert.Equal(expected, string.Join(' ', problems.Select(problem => problem.Code)));
    }

    [Fact]
    public void Check_LongOrBrokenWords_NamesEachField()
    {
        var problems = RecipeRules.Check(new RecipeRequest("ava-keras", "a\0b", new string('x', RecipeRules.MaxDescription + 1)));

        Assert.Equal(["NameReason", "Description"], problems.Select(problem => problem.Field));
    }
}
