using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Inference.Execution;

/// <summary>Trained models whose answers are known, through the batcher.</summary>
public sealed class KnownTensorModelsTests
{
    [SharedDataTheory("models")]
    [InlineData("iris_mlp", true)]
    [InlineData("cifar10_cnn", true)]
    [InlineData("mnist", false)]
    [InlineData("squeezenet_fp16", false)]
    [InlineData("sklearn_randomforest", true)]
    [InlineData("triton_simple", true)]
    [InlineData("triton_simple_string", true)]
    public async Task RunAsync_RequestOfTheModel_GivesItsKnownResponse(string name, bool batchable)
    {
        using var model = Open(name);
        Assert.Equal(batchable, model.Batchable);
        var folder = SharedData.Combine("models", name);

        foreach (var path in Directory.EnumerateFiles(folder, "request*.json"))
        {
            using var request = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
            var responsePath = Path.Combine(folder, Path.GetFileName(path).Replace("request", "response", StringComparison.Ordinal));
            using var response = JsonDocument.Parse(await File.ReadAllBytesAsync(responsePath));

            using var answer = await RunAsync(model, ReadRequest(request.RootElement));

            AssertOutputs(response.RootElement.GetProperty("outputs"), answer.Outputs);
        }
    }

    [SharedDataFact("models/sklearn_randomforest")]
    public async Task RunAsync_RowsOfManyCallers_SequencesOfMapsAreSplitByRow()
    {
        using var model = Open("sklearn_randomforest");
        var rows = Enumerable.Range(0, 12).Select(index => new float[] { 4 + (index * 0.3f), 2 + (index * 0.15f), 1 + (index * 0.45f), index * 0.2f }).ToArray();
        var alone = new List<(long, float[])>();
        foreach (var row in rows)
        {
            using var answer = await RunAsync(model, Row(row));
            alone.Add(Read(answer));
        }

        var together = await Task.WhenAll(rows.Select(async row =>
        {
            using var answer = await RunAsync(model, Row(row));
            return Read(answer);
        }));

        for (var row = 0; row < rows.Length; row++)
        {
            Assert.Equal(alone[row].Item1, together[row].Item1);
            Assert.Equal(alone[row].Item2, together[row].Item2, (one, other) => Math.Abs(one - other) < 1e-6f);
        }

        static TensorRequest Row(float[] row) => new([new Tensor("X", TensorType.Fp32, [1, 4]) { Data = MemoryMarshal.AsBytes<float>(row).ToArray() }], []);

        static (long, float[]) Read(TensorAnswer answer)
        {
            var label = MemoryMarshal.Read<long>(((Tensor)answer.Outputs[0]).Data.Span);
            var map = Assert.IsType<MapValue>(Assert.Single(Assert.IsType<SequenceValue>(answer.Outputs[1]).Items));
            Assert.Equal([0f, 1f, 2f], map.Keys.ToFloats());
            return (label, map.Values.ToFloats());
        }
    }

    private static TensorModel Open(string name)
    {
        var loaded = InferenceParts.Runtime.Load(SharedData.Combine("models", name, "model.onnx"));
        Assert.True(loaded.IsSuccess, $"{loaded.Error}");
        var model = InferenceParts.Tensors(loaded.Value, new BatchSettings(8, TimeSpan.FromMilliseconds(5), 100, TimeSpan.FromMinutes(1)));
        model.Probe([], default);
        Assert.True(model.WarmUp(default).IsSuccess);
        return model;
    }

    private static async Task<TensorAnswer> RunAsync(TensorModel model, TensorRequest request)
    {
        using var admission = model.TryEnter().Value!;
        var answer = await model.RunAsync(admission, request, default);
        Assert.True(answer.IsSuccess, $"{answer.Error}");
        return answer.Value;
    }

    private static TensorRequest ReadRequest(JsonElement request) => new([.. request.GetProperty("inputs").EnumerateArray().Select(ReadTensor)], []);

    private static Tensor ReadTensor(JsonElement input)
    {
        Assert.True(TensorTypes.TryParse(input.GetProperty("datatype").GetString()!, out var type));
        var tensor = new Tensor(input.GetProperty("name").GetString()!, type, [.. input.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())]);
        var data = Flatten(input.GetProperty("data"));
        return type switch
        {
            TensorType.Bytes => tensor with { Texts = [.. data.Select(value => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(value.GetString()!))] },
            TensorType.Fp32 => tensor with { Data = MemoryMarshal.AsBytes<float>(data.Select(value => value.GetSingle()).ToArray()).ToArray() },
            TensorType.Fp16 => tensor with { Data = MemoryMarshal.AsBytes<Half>(data.Select(value => (Half)value.GetSingle()).ToArray()).ToArray() },
            TensorType.Int32 => tensor with { Data = MemoryMarshal.AsBytes<int>(data.Select(value => value.GetInt32()).ToArray()).ToArray() },
            _ => throw new NotSupportedException($"{type}"),
        };
    }

    private static void AssertOutputs(JsonElement expected, IReadOnlyList<ModelValue> outputs)
    {
        foreach (var output in expected.EnumerateArray())
        {
            var tensor = Assert.IsType<Tensor>(outputs.Single(value => value.Name == output.GetProperty("name").GetString()));
            Assert.Equal(output.GetProperty("datatype").GetString(), TensorTypes.NameOf(tensor.Type));
            Assert.Equal(output.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64()), tensor.Shape);
            var data = Flatten(output.GetProperty("data"));
            if (tensor.Type == TensorType.Bytes)
            {
                Assert.Equal(data.Select(value => value.GetString()), tensor.Texts.Select(text => Encoding.UTF8.GetString(text.Span)));
                continue;
            }

            var numbers = data.Select(value => value.GetSingle()).ToArray();
            var tolerance = numbers.Select(Math.Abs).Max() * (tensor.Type == TensorType.Fp16 ? 5e-3f : 1e-4f);
            Assert.Equal(numbers, tensor.ToFloats(), (one, other) => Math.Abs(one - other) <= tolerance);
        }
    }

    private static List<JsonElement> Flatten(JsonElement data) =>
        data.ValueKind == JsonValueKind.Array ? [.. data.EnumerateArray().SelectMany(Flatten)] : [data];
}
