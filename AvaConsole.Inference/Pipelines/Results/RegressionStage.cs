using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results;

/// <param name="Names">One for each number; empty: they are named by their index.</param>
/// <param name="Units">One for each number or one for all; empty for none.</param>
/// <param name="Scale">A number becomes <c>number × Scale + Offset</c>.</param>
internal sealed record RegressionOptions(string Output, IReadOnlyList<string> Names, IReadOnlyList<string> Units, float Scale, float Offset);

/// <summary><c>{"values": [{"name", "value", "unit"}]}</c> in the output's order; <c>unit</c> where there is one. No parameters.</summary>
internal sealed class RegressionStage(RegressionOptions options) : IResultStage
{
    public IReadOnlyList<string> Outputs { get; } = [options.Output];

    public Result<StageAnswer> Interpret(IReadOnlyList<ModelValue> outputs, PreparedInput input, JsonElement parameters)
    {
        if (outputs[0] is not Tensor { Type: not TensorType.Bytes } tensor)
        {
            return new UnavailableError("serving.model_failed");
        }

        var numbers = TensorValues.Floats(tensor);
        if ((options.Names.Count > 0 && numbers.Length != options.Names.Count) || (options.Units.Count > 1 && numbers.Length != options.Units.Count))
        {
            return new UnavailableError("serving.model_failed");
        }

        var values = new JsonArray();
        for (var index = 0; index < numbers.Length; index++)
        {
            if (!float.IsFinite(numbers[index]))
            {
                return new UnavailableError("serving.model_failed");
            }

            values.Add(ToJson(index, numbers[index]));
        }

        return new StageAnswer(new JsonObject { ["values"] = values });
    }

    private JsonObject ToJson(int index, float number)
    {
        // A number that is left as it is keeps float32's own digits: 0.1, not 0.10000000149011612.
        var value = options is { Scale: 1, Offset: 0 } ? JsonValue.Create(number) : JsonValue.Create(Math.Round(((double)number * options.Scale) + options.Offset, 7));
        var json = new JsonObject
        {
            ["name"] = index < options.Names.Count ? options.Names[index] : index.ToString(CultureInfo.InvariantCulture),
            ["value"] = value,
        };
        if (options.Units.Count > 0)
        {
            json["unit"] = options.Units[options.Units.Count == 1 ? 0 : index];
        }

        return json;
    }
}
