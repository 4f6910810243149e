using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results;

/// <param name="Normalize">Brings the vector's length to 1; one of zeros stays what it is.</param>
internal sealed record EmbeddingOptions(string Output, bool Normalize, EmbeddingForm Form);

/// <summary>
/// <c>{"feature": [numbers]}</c> or <c>{"feature": "base64"}</c>, and AVA's stream of <c>facex-feature</c>, <c>image-feature</c> and <c>video-feature</c>: float32, little-endian.
/// Parameter: <c>form</c> (<c>json</c> or <c>base64</c>).
/// </summary>
internal sealed class EmbeddingStage(EmbeddingOptions options) : IResultStage
{
    public IReadOnlyList<string> Outputs { get; } = [options.Output];

    public Result<StageAnswer> Interpret(IReadOnlyList<ModelValue> outputs, PreparedInput input, JsonElement parameters)
    {
        var read = new ResultParameters(parameters);
        var form = read.Choice("form", options.Form == EmbeddingForm.Base64 ? "base64" : "json", "json", "base64");
        if (read.Error is { } wrong)
        {
            return wrong;
        }

        if (outputs[0] is not Tensor { Type: not TensorType.Bytes } tensor)
        {
            return new UnavailableError("serving.model_failed");
        }

        var vector = TensorValues.Floats(tensor).ToArray();
        if (!Array.TrueForAll(vector, float.IsFinite))
        {
            return new UnavailableError("serving.model_failed");
        }

        if (options.Normalize)
        {
            Normalize(vector);
        }

        var octets = ToOctets(vector);
        JsonNode feature = form == "base64" ? Convert.ToBase64String(octets) : JsonParts.Numbers(vector);
        return new StageAnswer(new JsonObject { ["feature"] = feature }, octets);
    }

    private static void Normalize(float[] vector)
    {
        var squares = 0.0;
        foreach (var value in vector)
        {
            squares += (double)value * value;
        }

        for (var index = 0; squares > 0 && index < vector.Length; index++)
        {
            vector[index] = (float)(vector[index] / Math.Sqrt(squares));
        }
    }

    private static byte[] ToOctets(float[] vector)
    {
        var octets = new byte[vector.Length * sizeof(float)];
        for (var index = 0; index < vector.Length; index++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(octets.AsSpan(index * sizeof(float)), vector[index]);
        }

        return octets;
    }
}
