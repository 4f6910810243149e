using System.Runtime.InteropServices;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Inference.Support;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Tests.Inference.Execution;

/// <summary>Made models, loaded from bytes, and the tensors for them.</summary>
internal static class TensorModelFixture
{
    public static readonly BatchSettings Settings = new(16, TimeSpan.FromMilliseconds(2), 1000, TimeSpan.FromMinutes(1));

    public static OrtModel Load(byte[] bytes, SessionBudget? budget = null, long size = 1, bool padsRows = false)
    {
        // The environment first: a session without it would take the process's for itself.
        _ = InferenceParts.Runtime;
        return new OrtModel(new OrtModelSource(
            narrow =>
            {
                using var options = SessionSettings.ForCpu(narrow);
                return new InferenceSession(bytes, options);
            },
            size,
            Budget: budget)
        { PadsRows = padsRows });
    }

    /// <summary>Probed and warm.</summary>
    public static TensorModel Open(byte[] bytes, BatchSettings? settings = null) => Open(Load(bytes), settings);

    public static TensorModel Open(OrtModel loaded, BatchSettings? settings = null)
    {
        var model = InferenceParts.Tensors(loaded, settings ?? Settings);
        model.Probe([], default);
        Assert.True(model.WarmUp(default).IsSuccess);
        return model;
    }

    public static async Task<Result<TensorAnswer>> TryRunAsync(this TensorModel model, TensorRequest request, CancellationToken ct = default)
    {
        var admitted = model.TryEnter();
        if (!admitted.IsSuccess)
        {
            return admitted.Error;
        }

        using var admission = admitted.Value;
        return await model.RunAsync(admission, request, ct);
    }

    public static async Task<TensorAnswer> RunAsync(this TensorModel model, params Tensor[] inputs)
    {
        var answer = await model.TryRunAsync(new TensorRequest(inputs, []));
        Assert.True(answer.IsSuccess, $"{answer.Error}");
        return answer.Value;
    }

    public static Tensor Floats(string name, long[] shape, params float[] values) =>
        new(name, TensorType.Fp32, shape) { Data = MemoryMarshal.AsBytes<float>(values).ToArray() };

    public static float[] Numbers(this TensorAnswer answer, int output = 0) => ((Tensor)answer.Outputs[output]).ToFloats();
}
