using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Support.OnnxModels;
using static AvaConsole.Tests.Inference.Execution.TensorModelFixture;

namespace AvaConsole.Tests.Inference.Execution;

public sealed class TensorModelTests
{
    [Theory]
    [InlineData(OnnxType.Bool, TensorType.Bool)]
    [InlineData(OnnxType.UInt8, TensorType.UInt8)]
    [InlineData(OnnxType.UInt16, TensorType.UInt16)]
    [InlineData(OnnxType.UInt32, TensorType.UInt32)]
    [InlineData(OnnxType.UInt64, TensorType.UInt64)]
    [InlineData(OnnxType.Int8, TensorType.Int8)]
    [InlineData(OnnxType.Int16, TensorType.Int16)]
    [InlineData(OnnxType.Int32, TensorType.Int32)]
    [InlineData(OnnxType.Int64, TensorType.Int64)]
    [InlineData(OnnxType.Float16, TensorType.Fp16)]
    [InlineData(OnnxType.BFloat16, TensorType.Bf16)]
    [InlineData(OnnxType.Float, TensorType.Fp32)]
    [InlineData(OnnxType.Double, TensorType.Fp64)]
    internal async Task RunAsync_EveryNumber_ComesBackBitForBit(OnnxType onnx, TensorType type)
    {
        using var model = Open(TensorModels.Echo(onnx));
        Assert.Equal([new ModelPort("x", PortKind.Tensor, type, [-1, -1])], model.Signature.Inputs, (one, other) => Same(one, other));
        Assert.True(model.Batchable);

        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(async seed =>
        {
            var bytes = new byte[seed * 3 * TensorTypes.SizeOf(type)];
            new Random(seed).NextBytes(bytes);
            if (type == TensorType.Bool)
            {
                bytes = Array.ConvertAll(bytes, value => (byte)(value & 1));
            }

            using var answer = await model.RunAsync(new Tensor("x", type, [seed, 3]) { Data = bytes });
            var echo = Assert.IsType<Tensor>(Assert.Single(answer.Outputs));
            return (bytes, echo.Type, Shape: echo.Shape.ToArray(), Data: echo.Data.ToArray(), Rows: seed);
        }));

        Assert.All(answers, answer => Assert.Equal(type, answer.Type));
        Assert.All(answers, answer => Assert.Equal(answer.bytes, answer.Data));
        Assert.All(answers, answer => Assert.Equal([answer.Rows, 3], answer.Shape));
    }

    [Fact]
    public async Task RunAsync_Texts_ComeBackWhateverTheirBytes()
    {
        using var model = Open(TensorModels.Echo(OnnxType.String));
        byte[][] texts = [Encoding.UTF8.GetBytes("a"), Encoding.UTF8.GetBytes("字 \u0000 b"), [], [0xff, 0x00, 0xfe]];

        using var answer = await model.RunAsync(new Tensor("x", TensorType.Bytes, [2, 2]) { Texts = [.. texts.Select(text => (ReadOnlyMemory<byte>)text)] });

        Assert.Equal(texts, ((Tensor)answer.Outputs[0]).Texts.Select(text => text.ToArray()));
    }

    [Fact]
    public async Task RunAsync_SeveralInputsInAnyOrder_GivesWantedOutputsInTheirOrder()
    {
        using var model = Open(TensorModels.SumAndProduct());
        var (a, b) = (Floats("a", [1, 2], 2, 3), Floats("b", [1, 2], 5, 7));

        using var all = await model.RunAsync(b, a);
        using var one = (await model.TryRunAsync(new TensorRequest([a, b], ["product"]))).Value!;
        using var turned = (await model.TryRunAsync(new TensorRequest([a, b], ["product", "sum"]))).Value!;

        Assert.Equal(["sum", "product"], all.Outputs.Select(output => output.Name));
        Assert.Equal([7, 10], all.Numbers());
        Assert.Equal([10, 21], one.Numbers());
        Assert.Equal([10, 21], turned.Numbers(0));
        Assert.Equal([7, 10], turned.Numbers(1));
    }

    [Fact]
    public async Task RunAsync_ScalarAndNoRowsAndNoColumns_KeepTheirShapes()
    {
        using var scalar = Open(TensorModels.EchoFloats());
        using var rows = Open(TensorModels.EchoFloats("N", "L"));

        using var one = await scalar.RunAsync(Floats("x", [], 5));
        using var noRows = await rows.RunAsync(Floats("x", [0, 3]));
        using var noColumns = await rows.RunAsync(Floats("x", [2, 0]));

        Assert.Equal([5], one.Numbers());
        Assert.Empty(((Tensor)one.Outputs[0]).Shape);
        Assert.Equal([0, 3], ((Tensor)noRows.Outputs[0]).Shape);
        Assert.Equal([2, 0], ((Tensor)noColumns.Outputs[0]).Shape);
    }

    [Fact]
    public async Task RunAsync_OptionalInput_MayBeLeftOut()
    {
        using var model = Open(TensorModels.OptionalFactor());

        using var usual = await model.RunAsync(Floats("x", [1, 2], 1, 2));
        using var given = await model.RunAsync(Floats("x", [1, 2], 1, 2), Floats("factor", [], 10));

        Assert.Equal([false, true], model.Signature.Inputs.Select(input => input.IsOptional));
        Assert.Equal([3, 6], usual.Numbers());
        Assert.Equal([10, 20], given.Numbers());
    }

    [Fact]
    public async Task RunAsync_SequencesOfManyCallers_AreSplitByRow()
    {
        using var model = Open(TensorModels.RowSequence());
        Assert.True(model.Batchable);

        await Task.WhenAll(Enumerable.Range(1, 32).Select(async value =>
        {
            using var answer = await model.RunAsync(Floats("x", [2, 2], value, -value, value + 0.5f, 0));
            var rows = Assert.IsType<SequenceValue>(answer.Outputs[0]).Items.Cast<Tensor>().ToList();
            Assert.Equal([[value, -value], [value + 0.5f, 0]], rows.Select(row => row.ToFloats()));
        }));
    }

    [Fact]
    public async Task RunAsync_MapsOfManyCallers_AreSplitByRow()
    {
        using var model = Open(TensorModels.RowMaps());
        Assert.True(model.Batchable);

        await Task.WhenAll(Enumerable.Range(1, 32).Select(async value =>
        {
            using var answer = await model.RunAsync(Floats("x", [1, 2], value, -value));
            var map = Assert.IsType<MapValue>(Assert.Single(Assert.IsType<SequenceValue>(answer.Outputs[0]).Items));
            Assert.Equal([10, 20], map.Keys.ToFloats());
            Assert.Equal([value, -value], map.Values.ToFloats());
        }));
    }

    [Fact]
    public async Task Probe_RowsMix_RunsEachRequestAlone()
    {
        using var model = Open(TensorModels.Mixing());

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async value =>
        {
            using var answer = await model.RunAsync(Floats("x", [2, 2], value, value, value + 2, value + 4));
            return answer.Numbers();
        }));

        Assert.True(model.HasDynamicBatch);
        Assert.False(model.Batchable);
        Assert.Equal(1, model.Settings.BatchSize);
        Assert.All(answers, answer => Assert.Equal([-1, -2, 1, 2], answer));
    }

    [Fact]
    public async Task RunAsync_ManyCallersOfManyShapes_EachGetsItsOwn()
    {
        using var model = Open(TensorModels.EchoFloats("N", "L"));

        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var turn = 0; turn < 50; turn++)
            {
                var (rows, columns) = (1 + (turn % 3), 1 + (caller % 5));
                float[] values = [.. Enumerable.Range(0, rows * columns).Select(index => (caller * 1000) + turn + (index / 100f))];
                using var answer = await model.RunAsync(Floats("x", [rows, columns], values));
                Assert.Equal(values, answer.Numbers());
                Assert.Equal([rows, columns], ((Tensor)answer.Outputs[0]).Shape);
            }
        })));

        var figures = model.Figures;
        Assert.Equal(64 * 50, figures.Success.Count);
        Assert.Equal(figures.Rows, figures.Batches.Sum(batch => batch.Rows * batch.Infer.Count));
        Assert.Equal(figures.Executions, figures.Infer.Count);
        Assert.Equal((0, 0, 0L), (model.InFlight, model.QueueLength, figures.Fail.Count));
    }

    [Fact]
    public async Task RunAsync_PaddedToBuckets_GivesOnlyTheRowsAskedFor()
    {
        using var model = Open(Load(TensorModels.SumAndProduct(), padsRows: true));

        foreach (var rows in new[] { 1, 3, 5, 16, 20 })
        {
            float[] values = [.. Enumerable.Range(0, rows * 2).Select(index => (float)index)];
            using var answer = await model.RunAsync(Floats("a", [rows, 2], values), Floats("b", [rows, 2], values));
            Assert.Equal(values.Select(value => value + value), answer.Numbers());
            Assert.Equal([rows, 2], ((Tensor)answer.Outputs[0]).Shape);
        }
    }

    [Fact]
    public async Task RunAsync_UnalignedMemory_IsCopied()
    {
        using var model = Open(TensorModels.EchoFloats("N", "L"));
        var aligned = Floats("x", [1, 3], 1, 2, 3);
        var body = new byte[13];
        aligned.Data.CopyTo(body.AsMemory(1));

        using var answer = await model.RunAsync(aligned with { Data = body.AsMemory(1) });

        Assert.Equal([1, 2, 3], answer.Numbers());
    }

    [Fact]
    public async Task Answer_ModelIsDisposed_CanStillBeReadUntilItIsDisposedItself()
    {
        var model = Open(TensorModels.EchoFloats("N", "L"));
        var answer = await model.RunAsync(Floats("x", [1, 2], 4, 5));
        model.Dispose();

        Assert.Equal([4, 5], answer.Numbers());
        answer.Dispose();
        answer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => answer.Numbers());
        Assert.Equal("serving.unloaded", model.TryEnter().Error!.Code);
    }

    [Fact]
    public async Task RunAsync_CallerHasGone_ThrowsAndCountsNobody()
    {
        using var model = Open(TensorModels.EchoFloats("N", "L"));
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.TryRunAsync(new TensorRequest([Floats("x", [1, 1], 1)], []), gone.Token));

        Assert.Equal((0, 0), (model.InFlight, model.QueueLength));
    }

    [Fact]
    public void Load_TypeThatNothingCarries_IsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("avaconsole-complex-");
        try
        {
            var path = Path.Combine(folder.FullName, "model.onnx");
            File.WriteAllBytes(path, TensorModels.ComplexNumbers());

            var loaded = AvaConsole.Tests.Inference.Support.InferenceParts.Runtime.Load(path);

            Assert.Equal("invalid", loaded.Error?.Code);
            Assert.Contains(Assert.IsType<InvalidError>(loaded.Error).Problems[0].Code, (string[])["package.port_type", "package.unknown_operator", "package.model_invalid"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void WarmUp_AnyModel_ChoosesAPlan()
    {
        using var model = Open(TensorModels.SumAndProduct());

        Assert.NotNull(model.Plan);
        Assert.Equal("CPU", model.Plan.Device);
        Assert.True(model.Plan.ConcurrentRuns >= 1 && model.Plan.BatchRows >= 1);
        Assert.Equal([1, 2, 4, 8, 16], model.Plan.Batches.Select(batch => batch.Key));
        Assert.All(model.Plan.Batches, batch => Assert.True(batch.Value > 0));
    }

    private static bool Same(ModelPort one, ModelPort other) =>
        (one.Name, one.Kind, one.Type, one.IsOptional) == (other.Name, other.Kind, other.Type, other.IsOptional) && one.Shape.SequenceEqual(other.Shape);
}
