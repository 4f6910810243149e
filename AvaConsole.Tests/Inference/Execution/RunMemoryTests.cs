using System.Runtime.InteropServices;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support.OnnxModels;

namespace AvaConsole.Tests.Inference.Execution;

/// <summary>Models of a hundred bytes whose inputs say how much memory they take.</summary>
public sealed class RunMemoryTests
{
    [Theory]
    [InlineData(64L << 30)]
    [InlineData(long.MaxValue / 8)]
    [InlineData(-1)]
    public async Task Run_AsksForMoreThanThereIs_IsRefused(long bytes)
    {
        using var model = Open(TestModels.Bomb(1, whenLoaded: false));

        // Relative to the limit, whatever machine this is.
        var problem = InferenceParts.Problem((await RunAsync(model, (bytes < 0 ? RunMemory.Limit + (2L << 30) : bytes) / sizeof(float))).Error);

        Assert.Equal(("inputs", "tensor.too_much_memory"), (problem.Field, problem.Code));
    }

    [Theory]
    [InlineData("ConstantOfShape", "tensor.too_much_memory")]
    [InlineData("Expand", "tensor.too_much_memory")]
    [InlineData("Tile", "tensor.refused")] // Finds out by itself that no tensor has so many elements.
    [InlineData("Range", "tensor.too_much_memory")]
    public async Task Run_OfEachOperatorThatUnfolds_IsRefusedAndGoesOn(string operation, string code)
    {
        using var model = Open(TensorModels.Unfolding(operation));

        var bomb = await RunAsync(model, 1L << 37);
        using var answer = (await RunAsync(model, 3)).Value;

        Assert.Equal(code, InferenceParts.Problem(bomb.Error).Code);
        Assert.Equal([3L], ((Tensor)answer!.Outputs[0]).Shape);
    }

    [Fact]
    public async Task Run_WhileOthersAskForTooMuch_GoesOn()
    {
        using var bomb = Open(TestModels.Bomb(1, whenLoaded: false));
        using var neighbour = Open(TensorModels.Unfolding("Range"));

        var bombs = Enumerable.Range(0, 20).Select(_ => RunAsync(bomb, 1L << 35)).ToList();
        for (var length = 1; length <= 20; length++)
        {
            using var answer = (await RunAsync(neighbour, length)).Value;
            Assert.Equal([(long)length], ((Tensor)answer!.Outputs[0]).Shape);
        }

        Assert.All(await Task.WhenAll(bombs), result => Assert.IsType<InvalidError>(result.Error));
    }

    private static TensorModel Open(byte[] model) => TensorModelFixture.Open(model);

    private static async Task<Result<TensorAnswer>> RunAsync(TensorModel model, long length)
    {
        using var admission = model.TryEnter().Value!;
        var size = new Tensor("size", TensorType.Int64, [1]) { Data = MemoryMarshal.AsBytes<long>([length]).ToArray() };
        return await model.RunAsync(admission, new TensorRequest([size], []), default);
    }
}
