using System.Diagnostics;
using System.Globalization;
using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Integration.Images.Recipes;

[Trait("Category", "Integration")]
public sealed class ImageBuildTests : IAsyncLifetime
{
    private const string Target = "reg.example/vision/ava-keras:py27-cpu";
    private const string Password = "s3cr3t p4ss";

    private static readonly string s_digest = "sha256:" + new string('a', 64);

    private static readonly ImageRecipe s_recipe = new()
    {
        Base = "reg.example/ava-public/ava-tensorflow:py27-cpu",
        Pip = [new PipPackage("keras", "", "==2.2.4")],
        Files = [RecipeFile.OfText("/etc/ava.conf", "batch: 8\n")],
    };

    private TestConsole _console = null!;

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Build_Recipe_RunsInAFolderOfItsOwnAndKeepsTheLog()
    {
        using var engine = Engine(build: "echo out; echo err >&2; cat texts/0");

        var build = await BuildAsync(push: false);

        Assert.Equal((ImageBuildState.Succeeded, "", Target, "alice"), (build.State, build.FailureCode, build.Target, build.StartedBy));
        Assert.Equal(["build", "--tag", Target, "--file", "Dockerfile", "."], engine.Words);
        Assert.StartsWith($"$ docker build --tag {Target} --file Dockerfile .\n", build.Log, StringComparison.Ordinal);
        Assert.Equal(["batch: 8", "err", "out"], build.Log.Split('\n')[1..^1].Order());
        Assert.Contains("COPY texts/0 /etc/ava.conf", engine.Note("Dockerfile"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_console.Data.Staging));
        Assert.Equal(["image_build.done", "image_build.started"], (await _console.AuditAsync("image_build")).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Build_ConsolesVariables_AreNotHandedOn()
    {
        Environment.SetEnvironmentVariable("ConnectionStrings__Console", "Password=hidden");
        try
        {
            using var engine = Engine();

            await BuildAsync(push: false);

            Assert.DoesNotContain("hidden", engine.Note("env-build"), StringComparison.Ordinal);
            Assert.Contains("DOCKER_CONFIG=", engine.Note("env-build"), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ConnectionStrings__Console", null);
        }
    }

    [Theory]
    [InlineData("docker", "echo 'py27-cpu: digest: {0} size: 1234'", "push|" + Target)]
    [InlineData("podman", "printf %s {0} > \"$3\"", "push|--digestfile|*|" + Target)]
    [InlineData("buildah", "printf %s {0} > \"$3\"", "push|--digestfile|*|" + Target)]
    public async Task Push_WithPassword_GoesThroughStandardInputAloneAndYieldsTheDigest(string name, string push, string words)
    {
        await AddRegistryAsync();
        using var engine = Engine(name, push: string.Format(CultureInfo.InvariantCulture, push, s_digest), login: "echo \"got $(cat \"$NOTES/password\")\"");

        var build = await BuildAsync(push: true);

        Assert.Equal((ImageBuildState.Succeeded, s_digest), (build.State, build.Digest));
        Assert.Equal(Password, engine.Note("password"));
        Assert.Equal(["login", "--username", "robot", "--password-stdin", "reg.example"], engine.Words[..5]);
        Assert.Equal(words.Split('|').Where(word => word != "*"), engine.Words[11..].Where(word => !word.StartsWith('/')));
        Assert.Contains("got ***", build.Log, StringComparison.Ordinal);
        foreach (var note in (string[])["words", "env-login", "env-build", "env-push"])
        {
            Assert.DoesNotContain(Password, engine.Note(note), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Password, build.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_LoginRefused_FailsBeforeAnythingIsBuilt()
    {
        await AddRegistryAsync();
        using var engine = Engine(login: "echo unauthorized >&2; exit 1");

        var build = await BuildAsync(push: true);

        Assert.Equal((ImageBuildState.Failed, "image_build.login_failed"), (build.State, build.FailureCode));
        Assert.Equal(["reg.example", "1"], build.FailureArgs);
        Assert.False(engine.HasNote("Dockerfile"));
    }

    [Theory]
    [InlineData("exit 7", "true", "image_build.build_failed", "7")]
    [InlineData("true", "exit 9", "image_build.push_failed", Target + "|9")]
    public async Task Build_EngineFails_SaysWithWhichCode(string build, string push, string code, string args)
    {
        using var engine = Engine(build: build, push: push);

        var ended = await BuildAsync(push: true);

        Assert.Equal((ImageBuildState.Failed, code, args), (ended.State, ended.FailureCode, string.Join('|', ended.FailureArgs)));
        Assert.Equal(code, (await _console.AuditAsync("image_build.failed")).Select(entry => entry.After!.Contains(code, StringComparison.Ordinal) ? code : "").Single());
    }

    [Fact]
    public async Task Build_NoSuchProgram_SaysSo()
    {
        using var engine = Engine();
        File.Delete(engine.Path);

        var build = await BuildAsync(push: false);

        Assert.Equal("image_build.engine_missing", build.FailureCode);
    }

    [Fact]
    public async Task Build_TakesTooLong_IsEndedWithAllItStarted()
    {
        using var engine = Engine(timeoutSeconds: 1, build: "(sleep 300 & echo $! > \"$NOTES/child\"; wait)");

        var build = await BuildAsync(push: false);

        Assert.Equal((ImageBuildState.Failed, "image_build.timed_out"), (build.State, build.FailureCode));
        Assert.False(IsAlive(engine.Note("child")));
    }

    [Fact]
    public async Task Cancel_Running_EndsTheWholeFamilyAndKeepsTheLog()
    {
        using var engine = Engine(build: "echo begun; (sleep 300 & echo $! > \"$NOTES/child\"; wait)");
        var recipe = await CreateAsync();
        var build = (await _console.Builds.StartAsync(recipe, 1, Target, false, _console.Alice, default)).Value!;
        var running = _console.BuildRunner.RunOnceAsync(default);
        await UntilAsync(async () => engine.HasNote("child") && (await _console.Builds.ReadLogAsync(build.Id, default)).Value!.Contains("begun", StringComparison.Ordinal));

        Assert.True((await _console.Builds.CancelAsync(build.Id, _console.Alice, default)).IsSuccess);
        await running;

        var ended = await ReadAsync(build.Id);
        Assert.Equal((ImageBuildState.Cancelled, ""), (ended.State, ended.FailureCode));
        Assert.Contains("begun", ended.Log, StringComparison.Ordinal);
        Assert.False(IsAlive(engine.Note("child")));
        Assert.Equal("image_build.over", (await _console.Builds.CancelAsync(build.Id, _console.Alice, default)).Error!.Code);
        Assert.Single(await _console.AuditAsync("image_build.cancelled"));
        Assert.Empty(await _console.AuditAsync("image_build.failed"));
    }

    [Fact]
    public async Task Cancel_Waiting_IsNeverRun()
    {
        using var engine = Engine();
        var build = (await _console.Builds.StartAsync(await CreateAsync(), 1, Target, false, _console.Alice, default)).Value!;

        Assert.True((await _console.Builds.CancelAsync(build.Id, _console.Alice, default)).IsSuccess);

        Assert.False(await _console.BuildRunner.RunOnceAsync(default));
        Assert.False(engine.HasNote("words"));
    }

    [Fact]
    public async Task RunOnce_LeftBehindByAConsoleThatIsGone_HasFailed()
    {
        using var engine = Engine();
        var build = (await _console.Builds.StartAsync(await CreateAsync(), 1, Target, false, _console.Alice, default)).Value!;
        await SetStateAsync(build.Id, ImageBuildState.Building);

        await _console.BuildRunner.RunOnceAsync(default);

        var ended = await ReadAsync(build.Id);
        Assert.Equal((ImageBuildState.Failed, "image_build.stopped"), (ended.State, ended.FailureCode));
    }

    [Fact]
    public async Task RunOnce_BuildOfAnotherConsole_IsLeftAlone()
    {
        using var engine = Engine(build: "touch \"$NOTES/begun\"; while [ ! -e \"$NOTES/go\" ]; do sleep 0.05; done");
        var build = (await _console.Builds.StartAsync(await CreateAsync(), 1, Target, false, _console.Alice, default)).Value!;
        var running = _console.BuildRunner.RunOnceAsync(default);
        await UntilAsync(() => Task.FromResult(engine.HasNote("begun")));

        Assert.False(await _console.BuildRunner.RunOnceAsync(default));

        Assert.Equal(ImageBuildState.Building, (await ReadAsync(build.Id)).State);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(engine.Path)!, "go"), "");
        Assert.True(await running);
        Assert.Equal(ImageBuildState.Succeeded, (await ReadAsync(build.Id)).State);
    }

    [Fact]
    public async Task Start_NoEngine_SaysSo()
    {
        var result = await _console.Builds.StartAsync(await CreateAsync(), 1, Target, false, _console.Alice, default);

        Assert.Null(_console.Builds.Engine);
        Assert.Equal("image_build.no_engine", result.Error!.Code);
    }

    [Theory]
    [InlineData("ava-keras", false, "image_build.target_invalid")]
    [InlineData("ava-keras:py27-cpu", true, "image_build.target_without_registry")]
    [InlineData("-v:x", false, "image_build.target_invalid")]
    [InlineData("reg.example/a:b@sha256:" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true, "image_build.target_invalid")]
    public async Task Start_WrongTarget_NamesTheField(string target, bool push, string code)
    {
        using var engine = Engine();

        var result = await _console.Builds.StartAsync(await CreateAsync(), 1, target, push, _console.Alice, default);

        var problem = Assert.Single(Assert.IsType<InvalidError>(result.Error).Problems);
        Assert.Equal(("Target", code), (problem.Field, problem.Code));
    }

    [Theory]
    [InlineData("COPY app.py /srv/", "app.py")]
    [InlineData("COPY --chown=1:1 [\"my file\", \"/srv/\"]", "my file")]
    [InlineData("ADD https://files.example/x.tar /x.tar", null)]
    [InlineData("COPY --from=busybox /bin/sh /sh", null)]
    [InlineData("COPY <<EOF /srv/x\ntext\nEOF", null)]
    public async Task Start_FilesOfAFolderElsewhere_AreRefusedByName(string rest, string? missing)
    {
        using var engine = Engine();
        var recipe = s_recipe with { Rest = [new RecipeRest(RecipePart.Files, rest)] };

        var result = await _console.Builds.StartAsync(await CreateAsync(recipe), 1, Target, false, _console.Alice, default);

        Assert.Equal(missing is null ? null : "image_build.needs_file", result.Error?.Code);
        Assert.Equal(missing, result.Error?.Args.Single());
    }

    [Fact]
    public async Task Start_Twice_OneRunsAtATimeAndTheRecipeCannotBeDeleted()
    {
        using var engine = Engine();
        var recipe = await CreateAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _console.Builds.StartAsync(recipe, 1, Target, false, _console.Alice, default)));

        Assert.Single(results, result => result.IsSuccess);
        Assert.All(results.Where(result => !result.IsSuccess), result => Assert.Equal("image_build.running", result.Error!.Code));
        Assert.Equal("recipe.building", (await _console.Recipes.DeleteAsync(recipe, _console.Alice, default)).Error!.Code);
        Assert.Equal(1, Assert.Single(await _console.Builds.ListAsync(recipe, default)).Version.Number);
    }

    [Fact]
    public async Task Start_WithoutThePermission_IsRefused()
    {
        using var engine = Engine();

        Assert.IsType<ForbiddenError>((await _console.Builds.StartAsync(await CreateAsync(), 1, Target, false, _console.Viewer, default)).Error);
    }

    private static bool IsAlive(string pid)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(pid, CultureInfo.InvariantCulture));
            // Killed and not yet collected by its new parent.
            return File.ReadAllText($"/proc/{process.Id}/stat").Split(' ')[2] != "Z";
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var deadline = Stopwatch.StartNew(); !await holds(); await Task.Delay(20))
        {
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(30), "It did not happen.");
        }
    }

    private FakeEngine Engine(string name = "docker", string build = "true", string push = "true", string login = "true", int timeoutSeconds = 60)
    {
        var engine = new FakeEngine(name, build, push, login);
        engine.Use(_console, timeoutSeconds);
        return engine;
    }

    private async Task<Guid> CreateAsync(ImageRecipe? recipe = null) =>
        (await _console.Recipes.CreateAsync(new RecipeRequest("ava-keras", "As in the guide."), recipe ?? s_recipe, "", _console.Alice, default)).Value!.Id;

    private async Task<ImageBuild> BuildAsync(bool push)
    {
        var started = await _console.Builds.StartAsync(await CreateAsync(), 1, Target, push, _console.Alice, default);
        Assert.True(await _console.BuildRunner.RunOnceAsync(default));
        return await ReadAsync(started.Value!.Id);
    }

    private Task<ImageBuild> ReadAsync(Guid id) => _console.QueryAsync(db => db.ImageBuilds.AsNoTracking().SingleAsync(build => build.Id == id));

    private Task<int> SetStateAsync(Guid id, ImageBuildState state) =>
        _console.QueryAsync(db => db.ImageBuilds.Where(build => build.Id == id).ExecuteUpdateAsync(set => set.SetProperty(build => build.State, state)));

    private Task<int> AddRegistryAsync() => _console.QueryAsync(db =>
    {
        var id = Guid.CreateVersion7();
        db.ImageRegistries.Add(new ImageRegistry
        {
            Id = id,
            Name = "Team",
            Address = "https://reg.example",
            Host = "reg.example",
            Namespace = "vision",
            UserName = "robot",
            SealedSecret = new SecretBox(TestConsole.MasterKey).Seal(Encoding.UTF8.GetBytes(Password), $"registry:{id}:secret"),
        });
        return db.SaveChangesAsync();
    });
}
