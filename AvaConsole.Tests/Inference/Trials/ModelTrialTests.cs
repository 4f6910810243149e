using System.Diagnostics;
using AvaConsole.Core.Common;
using AvaConsole.Inference;
using AvaConsole.Inference.Trials;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;
using AvaConsole.Web.Serving;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AvaConsole.Tests.Inference.Trials;

/// <summary>The children are the built console's own program.</summary>
public sealed class ModelTrialTests : IDisposable
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    // 2 GiB: more than the trial below may take, less than the machine has.
    private const long TooMany = 1L << 29;

    private static readonly ChildProgram s_console = ChildProgram.Of(typeof(ServingService).Assembly);

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TryAsync_GoodModel_PassesOnceForItsPackage()
    {
        Assert.Null(await TryAsync(TestModels.Classifier(), Digest));

        // Whoever could not start a child any more would not pass without the memory of it.
        Assert.Null(await TryAsync(TestModels.Classifier(), Digest, new ChildProgram("/nowhere", [])));
        Assert.Equal("model.trial_not_started", (await TryAsync(TestModels.Classifier(), Digest.Replace('0', '1'), new ChildProgram("/nowhere", [])))!.Code);
        Assert.Equal("model.trial_not_started", (await TryAsync(TestModels.Classifier(), null, new ChildProgram("/nowhere", [])))!.Code);
    }

    [Fact]
    public async Task TryAsync_TextModel_Passes() => Assert.Null(await TryAsync(TestModels.StringInput()));

    [Fact]
    public async Task TryAsync_ModelThatEatsTheMemory_IsRefused()
    {
        var problem = InferenceParts.Problem(await TryAsync(TestModels.Bomb(TooMany, whenLoaded: false)));

        Assert.Equal(("model.onnx", "model.trial_memory", "512"), (problem.Field, problem.Code, $"{problem.Args[0]}"));
    }

    [Fact]
    public async Task TryAsync_ModelThatUnfoldsWhenLoaded_IsRefusedForItsTensor()
    {
        var problem = InferenceParts.Problem(await TryAsync(TestModels.Bomb(TooMany, whenLoaded: true)));

        Assert.Equal(("filled", "model.tensor_too_large", "64"), (problem.Field, problem.Code, $"{problem.Args[1]}"));
    }

    [Fact]
    public async Task TryAsync_ModelThatNeverEnds_IsGivenUp() =>
        Assert.Equal("model.too_slow", InferenceParts.Problem(await TryAsync(TestModels.Slow(TestModels.Endless), seconds: 2)).Code);

    [Fact]
    public async Task TryAsync_HugeFixedInput_IsRefused() =>
        Assert.Equal("model.tensor_too_large", InferenceParts.Problem(await TryAsync(TestModels.Classifier(size: 1 << 20))).Code);

    [Fact]
    public async Task TryAsync_Truncated_SaysSoAsTheHostWould() =>
        Assert.Equal("package.model_truncated", InferenceParts.Problem(await TryAsync(TestModels.Truncated())).Code);

    [Fact]
    public async Task TryAsync_CustomOperator_IsNamed()
    {
        var problem = InferenceParts.Problem(await TryAsync(TestModels.UnknownOperator()));

        Assert.Equal("package.unknown_operator", problem.Code);
        Assert.Contains("NoSuchOp", $"{problem.Args[0]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SEGV", "SIGSEGV", "model.trial_crashed")]
    [InlineData("ABRT", "SIGABRT", "model.trial_crashed")]
    [InlineData("KILL", "512", "model.trial_memory")]
    public async Task TryAsync_ChildThatIsEnded_IsAMessage(string signal, string named, string code)
    {
        var problem = InferenceParts.Problem(await TryAsync(TestModels.Classifier(), program: new ChildProgram("/bin/sh", ["-c", $"kill -{signal} $$"])));

        Assert.Equal((code, named), (problem.Code, $"{problem.Args[0]}"));
    }

    /// <summary>Bytes of a good model changed at random: whatever becomes of it, there is an answer.</summary>
    [Fact]
    public async Task TryAsync_DamagedModels_AreAnswered()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 6; round++)
        {
            var bytes = TestModels.Slow(3);
            for (var change = 0; change < 1 << round; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            Assert.True(await TryAsync(bytes) is null or InvalidError);
        }
    }

    [Fact]
    public async Task Child_WhoseParentIsGone_EndsItself()
    {
        using var child = Process.Start(new ProcessStartInfo(s_console.FileName, [.. s_console.Arguments, "--child", "model-trial", Save(TestModels.Slow(TestModels.Endless)), "512", "600", "1", "64"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        child.StandardInput.Close();

        await child.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(137, child.ExitCode);
    }

    private Task<Error?> TryAsync(byte[] model, string? digest = null, ChildProgram? program = null, int seconds = 60)
    {
        var options = Options.Create(new InferenceOptions { TrialMegabytes = 512, WarmUpSeconds = seconds, MaxTensorMegabytes = 64, Threads = 1 });
        var trial = new ModelTrial(new DataDirectory(_folder.FullPath), options, NullLogger<ModelTrial>.Instance, program ?? s_console);
        return trial.TryAsync(_folder.FullPath, Save(model), digest, default);
    }

    private string Save(byte[] model)
    {
        var path = _folder.Combine("model.onnx");
        File.WriteAllBytes(path, model);
        return path;
    }
}
