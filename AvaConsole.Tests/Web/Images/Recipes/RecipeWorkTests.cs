using System.Text.Json;
using AvaConsole.Core.Images.Dockerfiles;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Images.Recipes;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Web.Images.Recipes;

public sealed class RecipeWorkTests
{
    private const string Base = "reg.example/ava-public/ava-tensorflow:py27-cpu";

    [Fact]
    public void Form_AnyRecipe_ComesBackThroughItsFieldsAndItsDockerfile() => Prop.ForAll(ImageRecipeGenerator.Arbitrary, recipe =>
    {
        var form = new RecipeForm { Name = recipe.Name };
        form.Take(recipe);
        var written = RecipeWork.Of(form);
        var read = RecipeWork.Of(new RecipeForm());
        read.TextChanged(written.Text);

        // What is kept behind an absent part is read as behind the part before it; the Dockerfile says the same.
        return written.CanSave && read.CanSave
            && form.ToRecipe().Equals(recipe)
            && (read.Form.ToRecipe() with { Rest = [] }).Equals(recipe with { Rest = [] })
            && Instructions(read.Text).SequenceEqual(Instructions(DockerfileWriter.Write(read.Form.ToRecipe())));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Restore_AnyDraft_IsAsItWasLeft() => Prop.ForAll(ImageRecipeGenerator.Arbitrary, recipe =>
    {
        var form = new RecipeForm { Name = recipe.Name };
        form.Take(recipe);
        var work = RecipeWork.Of(form);

        var draft = JsonSerializer.Deserialize<RecipeDraft>(JsonSerializer.Serialize(new RecipeDraft(work.Form, work.Text, "note", 3)))!;
        var restored = RecipeWork.Restore(draft.Form, draft.Text);

        return restored.Text == work.Text && restored.CanSave && !restored.IsTextOwn && RecipeDocument.Json(restored.Recipe!) == RecipeDocument.Json(recipe);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("keras", "2.2.4", "keras==2.2.4")]
    [InlineData("keras", "", "keras")]
    [InlineData("keras", ">=2, <3", "keras>=2,<3")]
    [InlineData("requests[socks]", "2.20", "requests[socks]==2.20")]
    [InlineData("keras==2.2.4", "", "keras==2.2.4")]
    [InlineData("x", "===1.0", "x===1.0")]
    public void ToRecipe_PipInTwoFields_IsOneRequirement(string name, string version, string expected)
    {
        var form = new RecipeForm { Base = Base, Pip = [new PackageRow { Name = name, Version = version }, new PackageRow()] };

        Assert.Equal([expected], form.ToRecipe().Pip.Select(package => package.ToString()));
        Assert.Empty(form.Check());
    }

    [Fact]
    public void TextChanged_Unreadable_KeepsTheTextAndTheForm()
    {
        var work = Start();
        const string broken = "FROM reg.example/x:1\nRUN <<EOF\nnever ended\n";

        work.TextChanged(broken);

        Assert.Equal((broken, Base, false), (work.Text, work.Form.Base, work.CanSave));
        Assert.NotNull(work.TextError);
        Assert.Contains(work.Findings, finding => finding.Rule == "dockerfile.heredoc_open");
        var restored = RecipeWork.Restore(work.Form, work.Text);
        Assert.Equal((broken, false), (restored.Text, restored.CanSave));

        work.BackToForm();

        Assert.True(work.CanSave);
        Assert.StartsWith($"FROM {Base}\n", work.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void TextChanged_InOtherWords_SaysTheSameAndStaysAsTyped()
    {
        var work = Start();
        var typed = $"from {Base}\nRUN pip install   keras==2.2.4 --no-cache-dir\nRUN make\n";

        work.TextChanged(typed);

        Assert.Equal((typed, true, true), (work.Text, work.IsTextOwn, work.CanSave));
        Assert.Contains("RUN make", Assert.Single(work.Form.Rest, rest => rest.Text.Contains("make", StringComparison.Ordinal)).Text, StringComparison.Ordinal);

        work.FormChanged();

        Assert.False(work.IsTextOwn);
        Assert.Contains("RUN make", work.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void FormChanged_WithAMistake_LeavesTheLastText()
    {
        var work = Start();
        var before = work.Text;

        work.Form.Pip.Add(new PackageRow { Name = "ke ras;rm" });
        work.FormChanged();

        Assert.Equal((before, false), (work.Text, work.CanSave));
        Assert.Equal("/pip/0", Assert.Single(work.Problems).Field);
        Assert.Equal(0, work.Form.IndexOf(work.Form.Pip[0]));
    }

    [Fact]
    public void Check_NameTwice_IsNamed()
    {
        var form = new RecipeForm { Base = Base, Labels = [new TextRow { Name = "team", Value = "a" }, new TextRow { Name = "team", Value = "b" }] };

        var problem = Assert.Single(form.Check());

        Assert.Equal(("/labels/team", "recipe.twice"), (problem.Field, problem.Code));
    }

    [Theory]
    [InlineData("/pip/3", RecipeSteps.Packages)]
    [InlineData("/files/0/to", RecipeSteps.Files)]
    [InlineData("/environment/A", RecipeSteps.Labels)]
    [InlineData("/workingDirectory", RecipeSteps.Run)]
    [InlineData("NameReason", RecipeSteps.Result)]
    [InlineData("/base", RecipeSteps.Base)]
    public void StepOf_Field_IsWhereItIsTyped(string field, string step) => Assert.Equal(step, RecipeSteps.Of(field));

    private static IEnumerable<string> Instructions(string dockerfile) => DockerfileSyntax.Parse(dockerfile).Value!.Instructions.Select(instruction => instruction.Raw);

    private static RecipeWork Start() => RecipeWork.Of(new RecipeForm { Base = Base });
}
