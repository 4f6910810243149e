using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Recipes;

namespace AvaConsole.Tests.Core.Images.Recipes;

public sealed class RecipeDocumentTests
{
    private const string Keras = """
        schemaVersion: 1
        name: ava-keras
        base: registry.example/ava-public/ava-tensorflow:py27-cpu
        environment:
          LANG: C.UTF-8
        apt:
        - git
        pip:
        - keras==2.3.1
        files:
        - to: /etc/ava.conf
          text: |
            batch: 8
        command:
        - python
        - serve.py

        """;

    [Fact]
    public void Write_Recipe_IsThisDockerfile() => Assert.Equal(
        """
        FROM registry.example/ava-public/ava-tensorflow:py27-cpu

        ENV LANG="C.UTF-8"

        RUN apt-get update \
         && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
            git \
         && rm -rf /var/lib/apt/lists/*

        RUN pip install --no-cache-dir \
            keras==2.3.1

        COPY <<'EOF' /etc/ava.conf
        batch: 8
        EOF

        LABEL org.opencontainers.image.base.name="registry.example/ava-public/ava-tensorflow:py27-cpu"
        LABEL org.opencontainers.image.title="ava-keras"

        CMD ["python", "serve.py"]

        """,
        DockerfileWriter.Write(Read(Keras)));

    [Theory]
    [InlineData("base: a:1\npipp: []", 2, "recipe.member_unknown", "pipp", "pip")]
    [InlineData("base: a:1\nfiles:\n- to: /x\n  from: a\n  txt: a", 5, "recipe.member_unknown", "txt", "text")]
    [InlineData("schemaVersion: 2\nbase: a:1", 1, "recipe.version_unknown", "2", 1)]
    [InlineData("name: x", 1, "recipe.base_missing", "")]
    [InlineData("base: A B", 1, "recipe.base_invalid", "A B")]
    [InlineData("base: a:1\npip:\n- six\n- keras == 2", 4, "recipe.pip_invalid", "keras == 2")]
    [InlineData("base: a:1\napt:\n- git; rm -rf /", 3, "recipe.apt_invalid", "git; rm -rf /")]
    [InlineData("base: a:1\napt: git", 2, "recipe.not_list", "apt")]
    [InlineData("base: a:1\nfiles:\n- to: ../x\n  from: a", 3, "recipe.path_invalid", "../x")]
    [InlineData("base: a:1\nfiles:\n- to: /x\n  from: a/../../b", 4, "recipe.source_invalid", "a/../../b")]
    [InlineData("base: a:1\nfiles:\n- to: /x", 3, "recipe.file_needs_one", "/x")]
    [InlineData("base: a:1\nenvironment:\n  A: \"a\\nRUN id\"", 3, "recipe.value_invalid", "A", RecipeCheck.MaxValue)]
    [InlineData("base: a:1\nlabels:\n  org.opencontainers.image.title: x", 3, "recipe.label_follows", "org.opencontainers.image.title")]
    [InlineData("base: a:1\npip: [Six, six]", 2, "recipe.twice", "six")]
    [InlineData("base: a:1\nrest:\n- after: pip\n  text: 'RUN a \\'", 3, "recipe.rest_open", @"RUN a \")]
    [InlineData("base: a:1\nrest:\n- after: pip\n  text: 'FROM b'", 3, "recipe.rest_base", "")]
    [InlineData("base: a:1\nrest:\n- after: pip\n  text: 'RUN cat <<EOF'", 3, "recipe.rest_open", "RUN cat <<EOF")]
    public void Read_Mistake_IsNamedWithItsLine(string text, int line, string code, params object[] args)
    {
        var problem = Assert.Single(Assert.IsType<InvalidError>(RecipeDocument.Read(text).Error).Problems);

        Assert.Equal((code, line), (problem.Code, (int)problem.Args[0]!));
        Assert.Equal(args, problem.Args.Skip(1));
    }

    /// <summary>Every member, with whatever would end its line or its quotes.</summary>
    [Theory]
    [InlineData("\nRUN id")]
    [InlineData("\rRUN id")]
    [InlineData("\0")]
    [InlineData("\u001b[2J")]
    [InlineData("\u2028")]
    public void Check_HostileText_IsRefusedInEveryMember(string hostile)
    {
        var good = new ImageRecipe { Base = "a:1" };
        ImageRecipe[] recipes =
        [
            good with { Name = "a" + hostile },
            good with { Base = "a:1" + hostile },
            good with { Environment = new Dictionary<string, string> { ["A" + hostile] = "1" } },
            good with { Environment = new Dictionary<string, string> { ["A"] = "1" + hostile } },
            good with { Labels = new Dictionary<string, string> { ["a" + hostile] = "1" } },
            good with { Labels = new Dictionary<string, string> { ["a"] = "1" + hostile } },
            good with { Apt = [new AptPackage("git" + hostile, "")] },
            good with { Apt = [new AptPackage("git", "1" + hostile)] },
            good with { Pip = [new PipPackage("six" + hostile, "", "")] },
            good with { Pip = [new PipPackage("six", "a" + hostile, "==1")] },
            good with { Pip = [new PipPackage("six", "", "==1" + hostile)] },
            good with { WorkingDirectory = "/a" + hostile },
            good with { Files = [RecipeFile.OfContext("/a" + hostile, "a")] },
            good with { Files = [RecipeFile.OfContext("/a", "a" + hostile)] },
            good with { User = "a" + hostile },
        ];

        Assert.All(recipes, recipe =>
        {
            Assert.NotEmpty(RecipeCheck.Check(recipe));
            Assert.Throws<ArgumentException>(() => DockerfileWriter.Write(recipe));
        });
    }

    [Theory]
    [InlineData("80", "registry.example/ava-public/ava-tensorflow:py27-cuda80")]
    [InlineData("9.0", "registry.example/ava-public/ava-tensorflow:py27-cuda90")]
    [InlineData("cuda80-cudnn6", "registry.example/ava-public/ava-tensorflow:py27-cuda80-cudnn6")]
    public void GpuVariant_OfACpuRecipe_SwapsTheTagAlone(string cuda, string expected)
    {
        var variant = GpuVariant.Of(Read(Keras), cuda).Value!;

        Assert.Equal(Read(Keras) with { Base = expected }, variant);
        Assert.Equal(["recipe_change.base_changed"], RecipeDiff.Compare(Read(Keras), variant).Select(change => change.Code));
    }

    [Theory]
    [InlineData("ava-mxnet:py27-cuda80", "9.0", "recipe.base_not_cpu")]
    [InlineData("ubuntu:16.04", "9.0", "recipe.base_not_cpu")]
    [InlineData("ava-mxnet:py27-cpu", "10.0", "recipe.base_has_no_cuda")]
    [InlineData("ava-mxnet:py27-cpu", "x", "recipe.cuda_invalid")]
    public void GpuVariant_Impossible_SaysWhy(string image, string cuda, string code) =>
        Assert.Equal(code, Assert.Single(Assert.IsType<InvalidError>(GpuVariant.Of(new ImageRecipe { Base = image }, cuda).Error).Problems).Code);

    [Fact]
    public void GpuVariant_PackagesForTheCpuAlone_AreSwapped()
    {
        var recipe = Read("base: ava-sdk:py35-cpu\npip: [onnxruntime==1.1.0, tensorflow==1.14.0, tensorflow-hub==0.7.0, mxnet==1.5.0]");

        Assert.Equal(
            ["onnxruntime-gpu==1.1.0", "tensorflow-gpu==1.14.0", "tensorflow-hub==0.7.0", "mxnet-cu90==1.5.0"],
            GpuVariant.Of(recipe, "9.0").Value!.Pip.Select(package => package.ToString()));
    }

    [Fact]
    public void Diff_Changes_AreInWords()
    {
        var before = Read("base: a:1\napt: [git]\npip: [six==1.1, numpy]\nuser: ava");
        var after = Read("base: a:2\napt: [curl]\npip: [six==1.2, numpy]\nenvironment: {A: x}");

        Assert.Equal(
            ["base_changed a:1 a:2", "environment_added A x", "apt_added curl ", "apt_removed git ", "pip_changed six six==1.1 six==1.2", "user_removed ava"],
            RecipeDiff.Compare(before, after).Select(change => $"{change.Code["recipe_change.".Length..]} {string.Join(' ', change.Args)}"));
    }

    private static ImageRecipe Read(string text)
    {
        var read = RecipeDocument.Read(text);
        Assert.True(read.IsSuccess, string.Join(", ", (read.Error as InvalidError)?.Problems.Select(problem => $"{problem.Field} {problem.Code}") ?? []));
        return read.Value;
    }
}
