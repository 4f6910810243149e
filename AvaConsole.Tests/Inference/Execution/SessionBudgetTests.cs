using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Support.OnnxModels;
using Microsoft.ML.OnnxRuntime;
using static AvaConsole.Tests.Inference.Execution.TensorModelFixture;

namespace AvaConsole.Tests.Inference.Execution;

public sealed class SessionBudgetTests
{
    [Fact]
    public void MakeRoom_BudgetIsFull_UnloadsTheOnesUsedLongestAgo()
    {
        var budget = new SessionBudget(100);
        FakeModel[] models = [new(40, 3), new(40, 1), new(20, 2)];
        Array.ForEach(models, budget.Add);

        budget.MakeRoom(new FakeModel(30, 9));

        Assert.Equal([true, false, true], models.Select(model => model.IsResident));
        Assert.Equal((1, 60), (budget.Unloads, budget.ResidentBytes));
    }

    [Fact]
    public void MakeRoom_OldestIsAtWork_TakesTheNext()
    {
        var budget = new SessionBudget(100);
        FakeModel[] models = [new(60, 1) { IsBusy = true }, new(40, 2)];
        Array.ForEach(models, budget.Add);

        budget.MakeRoom(new FakeModel(30, 9));

        Assert.Equal([true, false], models.Select(model => model.IsResident));
    }

    [Fact]
    public void Run_ModelHadToGiveWay_ComesBackAndAnswers()
    {
        var budget = new SessionBudget(25);
        using var first = Load(TensorModels.EchoFloats("N", "L"), budget, size: 10);
        using var second = Load(TensorModels.SumAndProduct(), budget, size: 10);
        Assert.True(first.IsResident && second.IsResident);

        using var third = Load(TensorModels.EchoFloats("N", "L"), budget, size: 10);

        Assert.Single(new[] { first, second }, model => !model.IsResident);
        Assert.True(third.IsResident);
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.Equal([1, 2], Run(first, Floats("x", [1, 2], 1, 2)));
            Assert.Equal([4, 6], Run(second, Floats("a", [1, 2], 1, 2), Floats("b", [1, 2], 3, 4)));
            Assert.Equal([5, 6], Run(third, Floats("x", [1, 2], 5, 6)));
            Assert.True(budget.ResidentBytes <= 25);
        }

        Assert.True(budget.Unloads >= 3);
    }

    [Fact]
    public async Task Run_ManyCallersOfMoreModelsThanFit_EachIsAnswered()
    {
        var budget = new SessionBudget(15);
        var models = Enumerable.Range(0, 4).Select(_ => Load(TensorModels.EchoFloats("N", "L"), budget, size: 10)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(() =>
        {
            for (var turn = 0; turn < 40; turn++)
            {
                Assert.Equal([caller, turn], Run(models[(caller + turn) % models.Count], Floats("x", [1, 2], caller, turn)));
            }
        })));

        models.ForEach(model => model.Dispose());
        Assert.Equal(0, budget.ResidentBytes);
    }

    [Fact]
    public void CudaOptions_Limit_IsInBytes()
    {
        var options = SessionSettings.CudaOptions(new AvaConsole.Inference.InferenceOptions { CudaDevice = 1, CudaMemoryMegabytes = 2, CudaTf32 = false });

        Assert.Equal(("1", "2097152", "0", "HEURISTIC"), (options["device_id"], options["gpu_mem_limit"], options["use_tf32"], options["cudnn_conv_algo_search"]));
        Assert.DoesNotContain("gpu_mem_limit", SessionSettings.CudaOptions(new AvaConsole.Inference.InferenceOptions()).Keys);
    }

    private static float[] Run(OrtModel model, params Tensor[] inputs)
    {
        using var options = new RunOptions();
        var outputs = model.Run([new TensorRequest(inputs, [])], wide: true, 0, options).Requests[0];
        using (outputs.Memory)
        {
            return ((Tensor)outputs.Values[0]).ToFloats();
        }
    }

    private sealed class FakeModel(long bytes, long lastUse) : IUnloadable
    {
        public bool IsBusy { get; init; }

        public bool IsResident { get; private set; } = true;

        public long ResidentBytes => bytes;

        public long LastUse => lastUse;

        public bool TryUnload()
        {
            IsResident = IsBusy;
            return !IsBusy;
        }
    }
}
