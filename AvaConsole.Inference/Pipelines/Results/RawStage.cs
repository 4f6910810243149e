using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results;

/// <summary>
/// <c>{"outputs": [{"name", "datatype", "shape", "data"}]}</c> as the Open Inference Protocol writes tensors, with every digit of whole numbers. A
/// sequence has <c>sequence</c>, a map <c>map</c> (its keys as texts) in place of the last three. No parameters.
/// </summary>
/// <param name="tensors">Names of the wanted outputs; empty for all.</param>
internal sealed class RawStage(IReadOnlyList<string> tensors) : IResultStage
{
    public IReadOnlyList<string> Outputs => tensors;

    /// <returns><c>serving.not_finite</c> where a number is NaN or infinite: JSON has no form for it.</returns>
    public Result<StageAnswer> Interpret(IReadOnlyList<ModelValue> outputs, PreparedInput input, JsonElement parameters)
    {
        if (outputs.FirstOrDefault(output => !ModelValueJson.CanWrite(output)) is { } strange)
        {
            return new UnavailableError("serving.not_finite", strange.Name);
        }

        return new StageAnswer(JsonParts.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("outputs");
            foreach (var output in outputs)
            {
                ModelValueJson.Write(writer, output, withName: true);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }).AsObject());
    }
}
