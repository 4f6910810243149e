using AvaConsole.Core.Images.Dockerfiles;

namespace AvaConsole.Tests.Core.Images.Dockerfiles;

public sealed class DockerfileLintTests
{
    private const string Digest = "@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string From = $"FROM r.example/ava-public/ava-sdk:py35-cpu{Digest}\n";
    private const string FromGpu = $"FROM r.example/ava-public/ava-sdk:py35-cuda90{Digest}\n";
    private const string Apt = "RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*";

    /// <summary>Each rule: a text that trips it, the line, and one that does not.</summary>
    public static TheoryData<string, string, int, string> Rules => new()
    {
        { "dockerfile.no_base", "ARG A=1\n", 1, From },
        { "dockerfile.before_base", "RUN id\n" + From, 1, "ARG A=1\n" + From },
        { "dockerfile.unknown_instruction", From + "RUNN id", 2, From + "run id" },
        { "dockerfile.heredoc_open", From + "RUN <<EOF\nid\n", 2, From + "RUN <<EOF\nid\nEOF" },
        { "dockerfile.line_too_long", From + "RUN echo " + new string('a', 70_000), 2, From + "RUN echo " + new string('a', 60_000) },
        { "dockerfile.control_character", From + "RUN echo \u001b", 2, From + "RUN echo \t1" },
        { "dockerfile.no_arguments", From + "USER", 2, From + "USER ava" },
        { "dockerfile.base_invalid", "FROM UPPER/Case:1", 1, From },
        { "dockerfile.base_unpinned", "FROM ubuntu:latest", 1, "FROM ubuntu:16.04" },
        { "dockerfile.base_unpinned", "FROM ubuntu", 1, "FROM scratch" },
        { "dockerfile.base_mutable", "ARG T=16.04\nFROM ubuntu:${T}", 2, From },
        { "dockerfile.base_mutable", "FROM ubuntu:16.04", 1, From + "FROM scratch" },
        { "dockerfile.base_variable", "ARG BASE\nFROM $BASE", 2, "ARG BASE=a:1\nFROM $BASE" },
        { "dockerfile.base_outside", "FROM evil.example/a:1" + Digest, 1, From },
        { "dockerfile.base_outside", "FROM r.example/ava-public-evil/a:1" + Digest, 1, $"FROM r.example/ava-public/a{Digest} AS b\nFROM b" },
        { "dockerfile.apt_without_update", From + "RUN apt-get install -y git", 2, From + Apt },
        { "dockerfile.apt_update_alone", From + "RUN apt-get update", 2, From + Apt },
        { "dockerfile.apt_without_yes", From + "RUN apt-get update && apt-get install git", 2, From + "RUN apt-get update && apt-get install -qy git" },
        { "dockerfile.apt_without_cleanup", From + "RUN apt-get update && apt-get install -y git", 2, From + "RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y git" },
        { "dockerfile.apt_recommends", From + "RUN apt-get update && apt-get install -y git", 2, From + Apt },
        { "dockerfile.apt_unstable", From + "RUN apt update && apt install -y git", 2, From + Apt },
        { "dockerfile.pip_unpinned", From + "RUN pip install --no-cache-dir keras", 2, From + "RUN pip install --no-cache-dir keras==2.3.1" },
        { "dockerfile.pip_unpinned", From + "RUN python3 -m pip install 'keras>=2'", 2, From + "RUN pip install -r requirements.txt" },
        { "dockerfile.pip_cache", From + "RUN pip install keras==2.3.1", 2, From + "RUN pip install --no-cache-dir keras==2.3.1" },
        { "dockerfile.gpu_package_on_cpu", From + "RUN pip install onnxruntime-gpu==1.1.0", 2, FromGpu + "RUN pip install onnxruntime-gpu==1.1.0" },
        { "dockerfile.gpu_package_on_cpu", From + "RUN pip install cupy-cuda90==6.0", 2, FromGpu + "RUN pip install cupy-cuda90==6.0" },
        { "dockerfile.gpu_package_on_cpu", From + "RUN pip install tensorflow-gpu==1.14.0", 2, From + "RUN pip install tensorflow==1.14.0" },
        { "dockerfile.cpu_package_on_gpu", FromGpu + "RUN pip install onnxruntime==1.1.0", 2, From + "RUN pip install onnxruntime==1.1.0" },
        { "dockerfile.cuda_other", FromGpu + "RUN pip install cupy-cuda80==6.0", 2, FromGpu + "RUN pip install cupy-cuda90==6.0" },
        { "dockerfile.sudo", From + "RUN sudo make", 2, From + "RUN make sudoku" },
        { "dockerfile.cd", From + "RUN cd /src && make", 2, From + "RUN make && cd /src && make" },
        { "dockerfile.chmod_777", From + "RUN chmod -R 777 /data", 2, From + "RUN chmod -R 755 /data" },
        { "dockerfile.secret", From + "ENV DB_PASSWORD=hunter2", 2, From + "ENV DB_PASSWORD_FILE=/run/secrets/db" },
        { "dockerfile.secret", From + "ARG API_KEY", 2, From + "ARG KEYBOARD=us" },
        { "dockerfile.secret", From + "ENV INDEX=https://u:p@host/simple", 2, From + "ENV INDEX=https://host/simple" },
        { "dockerfile.add_url", From + "ADD https://x.example/a.tar /a", 2, From + "ADD --checksum=sha256:aa https://x.example/a.tar /a" },
        { "dockerfile.workdir_relative", From + "WORKDIR app", 2, From + "WORKDIR $HOME/app" },
        { "dockerfile.several_commands", From + "CMD [\"a\"]\nCMD [\"b\"]", 2, From + "CMD [\"a\"]\n" + From + "CMD [\"b\"]" },
        { "dockerfile.several_entrypoints", From + "ENTRYPOINT [\"a\"]\nENTRYPOINT [\"b\"]", 2, From + "ENTRYPOINT [\"a\"]" },
        { "dockerfile.maintainer", From + "MAINTAINER me@x.example", 2, From + "LABEL maintainer=me" },
        { "dockerfile.entrypoint_shell", From + "ENTRYPOINT python a.py", 2, From + "ENTRYPOINT [\"python\", \"a.py\"]" },
        { "dockerfile.root_user", From + "USER root", 2, From + "USER root\nUSER ava" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Check_Rule_TripsOnItsTextAlone(string rule, string trips, int line, string clean)
    {
        var finding = Check(trips).First(found => found.Rule == rule);

        Assert.Equal(line, finding.Line);
        Assert.DoesNotContain(Check(clean), found => found.Rule == rule);
    }

    [Fact]
    public void Rules_EachHasATextThatTripsIt() =>
        Assert.Equal(DockerfileRules.All.Select(rule => rule.Id).Order(StringComparer.Ordinal), Rules.Select(row => (string)row[0]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Fix_Finding_TakesItAway(string rule, string trips, int line, string clean)
    {
        _ = clean;
        if (Check(trips).First(found => found.Rule == rule && found.Line == line).Fix is { } fix)
        {
            Assert.DoesNotContain(Check(DockerfileLint.Apply(trips, fix)), found => found.Rule == rule);
        }
    }

    [Fact]
    public void FixAll_AptAndPip_BecomesWhatARecipeSays()
    {
        const string text = From + "RUN apt-get update && apt-get install git\nRUN pip install six==1.1\n";

        Assert.Equal(
            From + "RUN apt-get update && apt-get install --no-install-recommends -y git && rm -rf /var/lib/apt/lists/*\nRUN pip install --no-cache-dir six==1.1\n",
            DockerfileLint.FixAll(text));
    }

    [Fact]
    public void Check_Secret_IsNotRepeated() =>
        Assert.DoesNotContain(Check(From + "ENV DB_PASSWORD=hunter2").SelectMany(finding => finding.Args), arg => arg is string text && text.Contains("hunter2", StringComparison.Ordinal));

    /// <summary>Texts that are made to be slow, deep or unreadable get an answer in one pass.</summary>
    [Fact]
    public void Check_HostileTexts_GetAnAnswer()
    {
        string[] texts =
        [
            new('a', 1 << 20),
            From + "RUN " + new string('\\', 1 << 20),
            From + "RUN " + string.Concat(Enumerable.Repeat("a && ", 50_000)),
            From + "RUN " + string.Concat(Enumerable.Repeat("<<E", 300_000)),
            From + "RUN " + string.Join(' ', Enumerable.Range(0, 20_000).Select(index => $"<<E{index}")) + "\n" + string.Concat(Enumerable.Range(0, 20_000).Select(index => $"E{index}\n")),
            From + string.Concat(Enumerable.Repeat("RUN <<A <<B\nA\n", 20_000)),
            From + string.Concat(Enumerable.Repeat("# c\n", 400_000)),
            From + string.Concat(Enumerable.Range(0, 100_000).Select(index => $"ENV A{index}=1\n")),
            From + "ENV " + new string('"', 1 << 20),
            From + "CMD " + new string('[', 1 << 20),
            From + "CMD [\"\\ud800\"]",
            string.Concat(Enumerable.Repeat("FROM a AS b\n", 25_000)),
            "# escape=`\nFROM a:1\nRUN a `\n b",
            "\0\0\0", "", "\n", "\\", "FROM", "FROM \\", "RUN <<", "RUN <<''", "\ufeffFROM a:1",
        ];

        Assert.All(texts, text =>
        {
            Assert.True(DockerfileLint.Check(text).IsSuccess);
            _ = AvaConsole.Core.Images.Recipes.DockerfileReader.Read(text);
        });
        Assert.False(DockerfileLint.Check(new string('a', DockerfileSyntax.MaxLength + 1)).IsSuccess);
    }

    [Fact]
    public void Parse_BuildKitsGrammar_IsRead()
    {
        var syntax = DockerfileSyntax.Parse(
            """
            # syntax=docker/dockerfile:1
            # escape=`
            FROM --platform=linux/amd64 a:1 AS build
            RUN dir C:\ `
            # between
              && echo 1
            COPY --chown=1:1 <<-"ONE" <<'TWO' /dir/
            	one
            	ONE
            two $A
            TWO
            ENTRYPOINT ["a", "b c"]
            """).Value!;

        Assert.Equal('`', syntax.Escape);
        Assert.Collection(
            syntax.Instructions.Where(instruction => !instruction.IsComment),
            from => Assert.Equal(("linux/amd64", "a:1 AS build", 3), (from.Flag("platform"), from.Arguments, from.Line)),
            run => Assert.Equal((@"dir C:\   && echo 1", 4, 6), (run.Arguments, run.Line, run.EndLine)),
            copy => Assert.Equal([new DockerfileHeredoc("ONE", false, "one\n", true), new DockerfileHeredoc("TWO", false, "two $A\n", true)], copy.Heredocs),
            entry => Assert.Equal(["a", "b c"], entry.Json));
    }

    private static IReadOnlyList<DockerfileFinding> Check(string text) => DockerfileLint.Check(text, new DockerfileLintOptions(["r.example/ava-public"])).Value!;
}
