using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Pipelines.Results;

/// <summary>What makes probabilities of a model's numbers.</summary>
internal static class Activations
{
    /// <summary>In place.</summary>
    public static void Apply(Activation activation, Span<float> values)
    {
        switch (activation)
        {
            case Activation.Softmax:
                Softmax(values);
                break;
            case Activation.Sigmoid:
                for (var index = 0; index < values.Length; index++)
                {
                    values[index] = Sigmoid(values[index]);
                }

                break;
        }
    }

    public static float Sigmoid(float value) => (float)(1 / (1 + Math.Exp(-value)));

    /// <summary>From the largest down, so that logits of thousands do not overflow.</summary>
    private static void Softmax(Span<float> values)
    {
        var largest = float.NegativeInfinity;
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Exp(value - largest);
        }

        for (var index = 0; index < values.Length; index++)
        {
            values[index] = (float)(Math.Exp(values[index] - largest) / sum);
        }
    }
}
