using System.Net;
using AvaConsole.Core.Common;
using AvaConsole.Core.Common.Egress;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Inference.Hosting;

public sealed class CustomFilesTests : IAsyncLifetime
{
    private const string FilesHost = "files.internal";
    private const string Url = "https://files.example/labels";

    private HostScenario _scenario = null!;

    public async Task InitializeAsync() => _scenario = await HostScenario.CreateAsync();

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task Labels_OfTheRelease_TakeThePlaceOfThePackages()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("rot\ngruen\nblau\n"));
        using var egress = Egress(server);
        await _scenario.StartHostAsync(egress);
        var sha256 = _scenario.AddPackage(TarFixtures.Package());

        await _scenario.ReleaseWithFilesAsync("v1", sha256, Phases.Production, ("labels.txt", server.Url(host: FilesHost).AbsoluteUri));
        await _scenario.StateAsync("v1", ModelStates.Serving);

        Assert.Equal("rot", await _scenario.AskAsync());
        Assert.Equal("red\ngreen\nblue\n", await File.ReadAllTextAsync(Path.Combine(_scenario.Data.PackageCache, sha256, "labels.txt")));
    }

    [Fact]
    public async Task Files_OfOneRelease_AreFetchedOnceAndKeptOverRestarts()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync(context.Request.Path == "/more" ? "more" : "0,\"rot\"\n1,\"gruen\"\n2,\"blau\"\n"));
        using var egress = Egress(server);
        await _scenario.StartHostAsync(egress);
        await _scenario.ReleaseWithFilesAsync(
            "v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production,
            ("labels.csv", server.Url(host: FilesHost).AbsoluteUri), ("more.bin", server.Url("/more", FilesHost).AbsoluteUri));
        await _scenario.StateAsync("v1", ModelStates.Serving);
        await _scenario.StopHostAsync();

        // Nothing can be fetched any more.
        await _scenario.StartHostAsync();
        await _scenario.StateAsync("v1", ModelStates.Serving);

        Assert.Equal("rot", await _scenario.AskAsync());
        Assert.Equal(2, server.Requests);
        Assert.Equal("more", await File.ReadAllTextAsync(Assert.Single(Kept("more.bin"))));
    }

    [Fact]
    public async Task Fetch_IsImpossible_NamesFileAndCauseAndIsTriedAgain()
    {
        await _scenario.StartHostAsync();

        await _scenario.ReleaseWithFilesAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production, ("labels.txt", Url));
        var failed = await _scenario.StateAsync("v1", ModelStates.Failed);
        Assert.Equal("package.custom_file_failed", failed.ReasonCode);
        Assert.Equal(["labels.txt", "@egress.unreachable", "files.example"], failed.ReasonArgs);
        Assert.Empty(Kept("*"));

        _scenario.Egress.Bodies[new Uri(Url)] = "rot\ngruen\nblau\n"u8.ToArray();
        await _scenario.StateAsync("v1", ModelStates.Serving);
        Assert.Equal("rot", await _scenario.AskAsync());
    }

    [Fact]
    public async Task Fetch_BreaksOff_LeavesNothingAndIsTriedAgain()
    {
        (_scenario.Egress.Bodies[new Uri(Url)], _scenario.Egress.BreaksOff) = ("rot\ngruen\nblau\n"u8.ToArray(), true);
        await _scenario.StartHostAsync();

        await _scenario.ReleaseWithFilesAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production, ("labels.txt", Url));
        var failed = await _scenario.StateAsync("v1", ModelStates.Failed);
        Assert.Equal(["labels.txt", "@package.download_broke_off"], failed.ReasonArgs);
        Assert.Empty(Kept("*"));

        _scenario.Egress.BreaksOff = false;
        await _scenario.StateAsync("v1", ModelStates.Serving);
    }

    [Theory]
    [InlineData("../labels.txt", Url, "@release.custom_file_name")]
    [InlineData("a\\b", Url, "@release.custom_file_name")]
    [InlineData("Model.onnx", Url, "@release.custom_file_name")]
    [InlineData("vocabulary.txt", Url, "@package.custom_file_collides")]
    [InlineData("other.txt", "ftp://files.example/x", "@release.custom_file_url")]
    [InlineData("other.txt", "https://user:word@files.example/x", "@release.custom_file_url")]
    [InlineData("other.txt", null, "@release.custom_file_url")]
    public async Task File_ThatIsRefused_FailsTheReleaseForGood(string name, string? url, string cause)
    {
        _scenario.Egress.Bodies[new Uri(Url)] = "x"u8.ToArray();
        await _scenario.StartHostAsync();
        var sha256 = _scenario.AddPackage(TarFixtures.Package().File("vocabulary.txt", "of the package"));

        await _scenario.ReleaseWithFilesAsync("v1", sha256, Phases.Production, (name, url!));

        var failed = await _scenario.StateAsync("v1", ModelStates.Failed);
        Assert.Equal("package.custom_file_failed", failed.ReasonCode);
        Assert.Equal([name, cause], failed.ReasonArgs.Take(2));
        Assert.Empty(Kept("*"));
    }

    [Fact]
    public async Task Labels_DoNotFitTheModel_FailTheRelease()
    {
        _scenario.Egress.Bodies[new Uri(Url)] = "rot\ngruen\n"u8.ToArray();
        await _scenario.StartHostAsync();

        await _scenario.ReleaseWithFilesAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production, ("labels.txt", Url));

        var failed = await _scenario.StateAsync("v1", ModelStates.Failed);
        Assert.Equal("package.labels_count", failed.ReasonCode);
    }

    [Fact]
    public async Task Address_Changes_LoadsAgainAndSwaps()
    {
        _scenario.Egress.Bodies[new Uri(Url)] = "one\nx\ny\n"u8.ToArray();
        _scenario.Egress.Bodies[new Uri(Url + "2")] = "two\nx\ny\n"u8.ToArray();
        await _scenario.StartHostAsync();
        var sha256 = _scenario.AddPackage(TarFixtures.Package());
        await _scenario.ReleaseWithFilesAsync("v1", sha256, Phases.Production, ("labels.txt", Url));
        await _scenario.StateAsync("v1", ModelStates.Serving);
        Assert.Equal("one", await _scenario.AskAsync());

        await _scenario.ReleaseWithFilesAsync("v1", sha256, Phases.Production, ("labels.txt", Url + "2"));

        await HostScenario.UntilAsync(async () => await _scenario.AskAsync() == "two", "the other labels");
    }

    [Fact]
    public async Task CustomFiles_AreNull_IsAnUnreadableDocument()
    {
        await _scenario.StartHostAsync();

        await _scenario.PutAsync((ConfigKey.AppRelease("colors", "v1"), """{"phase": "production", "custom_files": null}"""u8.ToArray()));

        var failed = await _scenario.StateAsync("v1", ModelStates.Failed);
        Assert.Equal("model.document_invalid", failed.ReasonCode);
    }

    [Fact]
    public async Task Verification_OfADraft_FetchesAnewAndServingTakesTheSame()
    {
        await _scenario.StartHostAsync();
        var sha256 = _scenario.AddPackage(TarFixtures.Package());
        Assert.Equal("first", await VerifyAsync(sha256, "first\nx\ny\n"));
        Assert.Equal("second", await VerifyAsync(sha256, "second\nx\ny\n"));
        _scenario.Egress.Bodies.Clear();

        await _scenario.ReleaseWithFilesAsync("v1", sha256, Phases.Production, ("labels.txt", Url));
        await _scenario.StateAsync("v1", ModelStates.Serving);
        Assert.Equal("second", await _scenario.AskAsync());

        // What serves is never replaced under it.
        Assert.Equal("second", await VerifyAsync(sha256, "third\nx\ny\n"));
    }

    [Fact]
    public async Task Verification_FileIsNotThere_SaysWhichAndWhy()
    {
        await _scenario.StartHostAsync();

        var loaded = await Verifier.LoadAsync(Draft(_scenario.AddPackage(TarFixtures.Package())), default);

        var error = Assert.IsType<UnavailableError>(loaded.Error);
        Assert.Equal("package.custom_file_failed", error.Code);
        Assert.Equal(["labels.txt", "@egress.unreachable", "files.example"], error.Args);
    }

    [Theory]
    [InlineData(10, 1000, "@package.custom_file_too_large", "a.bin")]
    [InlineData(100, 150, "@package.custom_files_too_large", "b.bin")]
    public async Task Limits_AreExceeded_NameTheFileAndKeepNothing(long file, long total, string cause, string name)
    {
        // Chunked: the length is not known before it is there.
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            await context.Response.StartAsync();
            await context.Response.WriteAsync(new string('x', 100));
        });
        using var egress = Egress(server);
        var limits = new CustomFileLimits { FileBytes = file, TotalBytes = total };
        var cache = new CustomFileCache(_scenario.Data, egress, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<CustomFileCache>.Instance, limits);
        var url = server.Url(host: FilesHost).AbsoluteUri;
        var files = new Dictionary<string, string> { ["a.bin"] = url, ["b.bin"] = url };

        var folder = await cache.GetFolderAsync("colors", "v1", files, _scenario.Data.Root, renew: false, default);

        var problem = InferenceParts.Problem(folder.Error);
        Assert.Equal([name, cause], problem.Args.Take(2));
        Assert.Empty(Kept("*"));
    }

    private IReleaseVerifier Verifier => _scenario.Services.GetRequiredService<IReleaseVerifier>();

    private async Task<string> VerifyAsync(string sha256, string labels)
    {
        _scenario.Egress.Bodies[new Uri(Url)] = System.Text.Encoding.UTF8.GetBytes(labels);
        var loaded = await Verifier.LoadAsync(Draft(sha256), default);
        Assert.True(loaded.IsSuccess, $"{loaded.Error}");
        await using var target = loaded.Value;
        return (await target.RunAsync(new TestCase { Content = TestPictures.Rgb(8, 8, TestPictures.Red) }, default)).Value!.Label;
    }

    private static Release Draft(string sha256) => new()
    {
        App = new App { Command = "colors" },
        Version = "v1",
        BatchSize = 4,
        Package = new ModelPackage { Sha256 = sha256 },
        CustomFiles = new Dictionary<string, string> { ["labels.txt"] = Url },
    };

    private List<string> Kept(string pattern)
    {
        var folder = Path.Combine(_scenario.Data.PackageCache, "files");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)] : [];
    }

    /// <summary>The real client, allowed to fetch from this server only.</summary>
    private static EgressClient Egress(LoopbackServer server) => new(
        new EgressOptions { AllowedHosts = FilesHost, AllowedPorts = $"{server.Port}" },
        (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
}
