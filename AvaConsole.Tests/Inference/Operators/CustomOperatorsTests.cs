using AvaConsole.Core.Common;
using AvaConsole.Inference;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Operators;
using AvaConsole.Inference.Trials;
using AvaConsole.Tests.Inference.Execution;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;
using AvaConsole.Web.Serving;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AvaConsole.Tests.Inference.Operators;

public sealed class CustomOperatorsTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OperatorsOfTheGraphAndOfLoops_AreFoundOnceEach()
    {
        var found = OperatorScan.Read(Save(TestModels.Slow(3)))!;

        Assert.Contains(new OperatorName("", "Loop"), found);
        Assert.Contains(new OperatorName("", "MatMul"), found);
        Assert.DoesNotContain(found, name => name.Domain.Length > 0);
    }

    /// <summary>Whatever a file holds: an answer or none, and no exception.</summary>
    [Fact]
    public void Read_DamagedFiles_AreAnswered()
    {
        var random = new Random(6);
        var whole = TestModels.Slow(3);
        for (var round = 0; round < 500; round++)
        {
            var bytes = whole[..random.Next(whole.Length + 1)];
            for (var change = 0; change < round % 8 && bytes.Length > 0; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            OperatorScan.Read(Save(bytes));
        }

        Assert.Null(OperatorScan.Read(Save(TestModels.Truncated())));
        Assert.Null(OperatorScan.Read(_folder.Combine("nothing.onnx")));
    }

    [Theory]
    [InlineData("com.acme", "package.custom_operator")]
    [InlineData("com.microsoft.evil", "package.custom_operator")]
    [InlineData("COM.MICROSOFT", "package.custom_operator")]
    [InlineData("com.microsoft", "package.unknown_operator")]
    public async Task Load_OperatorOfAnotherDomain_IsRefusedByNameBeforeItIsLoaded(string domain, string code)
    {
        var path = Save(Tripling(domain));

        var inHost = InferenceParts.Problem(InferenceParts.Runtime.Load(path).Error);
        using var trial = InferenceParts.NoTrial(_folder);
        var tried = code == "package.custom_operator" ? InferenceParts.Problem(await trial.TryAsync(_folder.FullPath, path, null, default)) : inHost;

        Assert.Equal((code, code), (inHost.Code, tried.Code));
        Assert.Equal(["Triple", domain], code == "package.custom_operator" ? tried.Args.Select(arg => $"{arg}") : ["Triple", domain]);
    }

    [Fact]
    public void Load_ForeignOperatorWithinALoop_IsRefused()
    {
        var body = new OnnxGraphWriter("body").Input("i", OnnxType.Int64).Input("go", OnnxType.Bool).Input("state", OnnxType.Float, "N")
            .Output("on", OnnxType.Bool).Output("next", OnnxType.Float, "N")
            .Node("Identity", ["go"], ["on"]).NodeOf("com.acme", "Triple", ["state"], ["next"]);
        var graph = new OnnxGraphWriter("loop").Input("x", OnnxType.Float, "N").Output("y", OnnxType.Float, "N").Scalar("trips", 2L).Scalar("go", true)
            .Node("Loop", ["trips", "go", "x"], ["y"], OnnxAttribute.Graph("body", body));

        Assert.Equal("package.custom_operator", InferenceParts.Problem(InferenceParts.Runtime.Load(Save(OnnxModelWriter.Write(graph, "com.acme"))).Error).Code);
    }

    [CompilerFact]
    public async Task Load_OfAnAllowedDomain_RunsItsOperators()
    {
        var library = await OperatorLibrary.BuildAsync(_folder);
        using var model = TensorModelFixture.Open(Runtime(library).Load(Save(Tripling(OperatorLibrary.Domain))).Value!);

        using var answer = await model.RunAsync(TensorModelFixture.Floats("x", [2], 1, 2.5f));

        Assert.Equal([3f, 7.5f], answer.Numbers());
    }

    [CompilerFact]
    public async Task TryAsync_OfAnAllowedDomain_PassesInTheChildToo()
    {
        var options = Options.Create(OptionsWith(await OperatorLibrary.BuildAsync(_folder)));
        using var trial = new ModelTrial(null, options, NullLogger<ModelTrial>.Instance, ChildProgram.Of(typeof(ServingService).Assembly));

        Assert.Null(await trial.TryAsync(_folder.FullPath, Save(Tripling(OperatorLibrary.Domain)), null, default));
    }

    [CompilerFact]
    public async Task Load_LibraryThatWasChanged_IsNotLoaded()
    {
        var library = await OperatorLibrary.BuildAsync(_folder);
        var path = Save(Tripling(OperatorLibrary.Domain));
        await File.AppendAllTextAsync(library.Library, "x");

        Assert.Equal("model.custom_library_changed", Assert.IsType<UnavailableError>(Runtime(library).Load(path).Error).Code);
        File.Delete(library.Library);
        Assert.Equal("model.custom_library_missing", Assert.IsType<UnavailableError>(Runtime(library).Load(path).Error).Code);
    }

    [Theory]
    [InlineData("com.acme", "/lib/a.so", "00", "Sha256")]
    [InlineData("com.acme", "a.so", null, "Library")]
    [InlineData("com.microsoft", "/lib/a.so", null, "Domain")]
    [InlineData("", "/lib/a.so", null, "Domain")]
    public void Validate_WrongLibrary_NamesTheKey(string domain, string library, string? sha256, string member)
    {
        var options = OptionsWith(new CustomOperatorLibrary { Domain = domain, Library = library, Sha256 = sha256 ?? new string('0', 64) });

        var failures = new CustomOperatorsValidator().Validate(null, options).Failures!;

        Assert.StartsWith($"Inference:CustomOperators:0:{member} ", Assert.Single(failures), StringComparison.Ordinal);
    }

    private static byte[] Tripling(string domain) => OnnxModelWriter.Write(
        new OnnxGraphWriter("tripling").Input("x", OnnxType.Float, "N").Output("y", OnnxType.Float, "N").NodeOf(domain, "Triple", ["x"], ["y"]), domain);

    private static InferenceOptions OptionsWith(CustomOperatorLibrary library)
    {
        var options = new InferenceOptions { Provider = "cpu" };
        options.CustomOperators.Add(library);
        return options;
    }

    private static OrtRuntime Runtime(CustomOperatorLibrary library) => new(Options.Create(OptionsWith(library)), NullLogger<OrtRuntime>.Instance);

    private string Save(byte[] model)
    {
        var path = _folder.Combine("model.onnx");
        File.WriteAllBytes(path, model);
        return path;
    }
}
