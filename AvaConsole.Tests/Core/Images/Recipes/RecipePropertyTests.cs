using System.Diagnostics;
using AvaConsole.Core.Images.Dockerfiles;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Core.Images.Recipes;

/// <summary>What holds for any recipe.</summary>
public sealed class RecipePropertyTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void Dockerfile_AnyRecipe_ComesBack() => Check.One(s_config, Prop.ForAll(ImageRecipeGenerator.Arbitrary, recipe =>
    {
        var text = DockerfileWriter.Write(recipe);
        var back = DockerfileReader.Read(text);

        Assert.True(back.IsSuccess, text);
        // What is kept behind an absent part is read as behind the part before it, without an empty line between; the Dockerfile says the same.
        Assert.Equal(Instructions(text), Instructions(DockerfileWriter.Write(back.Value)));
        Assert.Equal(recipe with { Rest = [] }, back.Value with { Rest = [] });
        return true;
    }));

    [Fact]
    public void Document_AnyRecipe_ComesBack() => Check.One(s_config, Prop.ForAll(ImageRecipeGenerator.Arbitrary, recipe =>
    {
        Assert.Equal(recipe, RecipeDocument.Read(RecipeDocument.Json(recipe)).Value);
        Assert.Equal(recipe, RecipeDocument.Read(RecipeDocument.Yaml(recipe)).Value);
        Assert.Empty(RecipeDiff.Compare(recipe, RecipeDocument.Read(RecipeDocument.Yaml(recipe)).Value!));
        return true;
    }));

    [Fact]
    public void Diff_TwoRecipes_IsEmptyOnlyWhereTheyAreEqual() => Check.One(s_config, Prop.ForAll(ImageRecipeGenerator.Arbitrary, ImageRecipeGenerator.Arbitrary, (one, other) =>
        (RecipeDiff.Compare(one, other).Count == 0) == one.Equals(other)));

    private static IEnumerable<string> Instructions(string dockerfile) => DockerfileSyntax.Parse(dockerfile).Value!.Instructions.Select(instruction => instruction.Raw);

    /// <summary>Real shells read what is quoted; all values go through one of them at once.</summary>
    [Fact]
    public async Task Quote_AnyValue_IsOneWordOfAShellThatMeansItself()
    {
        string[] values = [.. ImageRecipeGenerator.Value.Sample(500), "", "~", "-n", "a\nb", "a b"];
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\0' {string.Join(' ', values.Select(ShellWords.Quote))}"]) { RedirectStandardOutput = true })!;

        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.Equal(values, output.Split('\0')[..^1]);
    }
}
