using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Recipes;

namespace AvaConsole.Tests.Core.Images.Recipes;

public sealed class DockerfileReaderTests
{
    [Fact]
    public void Read_TheDocumentsExample_IsARecipe()
    {
        var recipe = Read("FROM reg.example/ava-public/ava-tensorflow:py27-cpu\nRUN pip install keras\n");

        Assert.Equal(new ImageRecipe { Base = "reg.example/ava-public/ava-tensorflow:py27-cpu", Pip = [new PipPackage("keras", "", "")] }, recipe);
    }

    /// <summary>What a recipe would say otherwise, or elsewhere, is kept.</summary>
    [Theory]
    [InlineData("RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*")] // With what is recommended.
    [InlineData("RUN apt-get install -y --no-install-recommends git")]
    [InlineData("RUN pip install -r requirements.txt")]
    [InlineData("RUN pip install six && make")]
    [InlineData("RUN pip install \"six$(id)\"")]
    [InlineData("RUN pip3 install six")]
    [InlineData("RUN --mount=type=cache,target=/root/.cache pip install six")]
    [InlineData("RUN [\"pip\", \"install\", \"six\"]")]
    [InlineData("ENV A=$B")]
    [InlineData("ENV A b c")]
    [InlineData("LABEL A=1")]
    [InlineData("COPY --chown=ava a /a")]
    [InlineData("COPY --from=build /a /a")]
    [InlineData("COPY a b /c/")]
    [InlineData("COPY <<EOF /a\n$A\nEOF")] // Its variables are filled in.
    [InlineData("ADD a /a")]
    [InlineData("WORKDIR app")]
    [InlineData("USER $NAME")]
    [InlineData("CMD python serve.py")]
    [InlineData("SHELL [\"/bin/bash\", \"-c\"]")]
    [InlineData("HEALTHCHECK --interval=5s CMD true")]
    [InlineData("ONBUILD RUN id")]
    [InlineData("# a remark")]
    [InlineData("WHATEVER x")]
    public void Read_WhatNoMemberSays_IsKeptAsItStands(string instruction)
    {
        var recipe = Read($"FROM a:1\n{instruction}\n");

        Assert.Equal(new ImageRecipe { Base = "a:1", Rest = [new RecipeRest(RecipePart.Base, instruction)] }, recipe);
    }

    [Fact]
    public void Read_OtherOrder_IsNotChanged()
    {
        const string text = "FROM a:1\nCOPY six.whl /tmp/\nRUN pip install six==1.1\nRUN make\nCOPY a /a\nUSER ava\nRUN pip install x==1\n";

        var recipe = Read(text);

        Assert.Empty(recipe.Pip);
        Assert.Equal("ava", recipe.User);
        string[] lines = DockerfileWriter.Write(recipe).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), lines.Where(line => !line.StartsWith("LABEL", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ARG BASE=a:1\nFROM ${BASE}")]
    [InlineData("FROM --platform=linux/amd64 a:1")]
    [InlineData("FROM a:1 AS final")]
    [InlineData("FROM a:1 AS build\nRUN make\nFROM build")]
    public void Read_BaseThatIsNoPlainImage_IsKept(string head)
    {
        var recipe = Read(head + "\nRUN pip install six==1.1\n");

        Assert.Equal(("", new RecipeRest(RecipePart.Head, head)), (recipe.Base, Assert.Single(recipe.Rest)));
        Assert.Single(recipe.Pip);
        Assert.StartsWith(head + "\n", DockerfileWriter.Write(recipe), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ContinuedLinesWithCommentsBetween_AreOneInstruction()
    {
        var recipe = Read("FROM a:1\r\nRUN pip install \\\r\n  # the first\r\n  six==1.1 \\\r\n\r\n  numpy==1.16\r\n");

        Assert.Equal(["six==1.1", "numpy==1.16"], recipe.Pip.Select(package => package.ToString()));
    }

    [Fact]
    public void Read_OtherEscape_IsRefused() =>
        Assert.Equal("recipe.escape_other", Assert.Single(Assert.IsType<InvalidError>(DockerfileReader.Read("# escape=`\nFROM a:1\n").Error).Problems).Code);

    [Fact]
    public void Read_DirectiveBehindAnEmptyLine_StaysAComment()
    {
        const string head = "\n# escape=`\nARG A=1";

        Assert.Equal([new RecipeRest(RecipePart.Head, head)], Read(head + "\nFROM a:1\n").Rest);
    }

    private static ImageRecipe Read(string text)
    {
        var read = DockerfileReader.Read(text);
        Assert.True(read.IsSuccess, string.Join(", ", (read.Error as InvalidError)?.Problems.Select(problem => $"{problem.Field} {problem.Code}") ?? []));
        return read.Value;
    }
}
