using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.Pipelines;

/// <summary>A loaded classification model with all that is needed to answer a picture. Used by any number of threads.</summary>
internal sealed class ClassificationModel : IDisposable
{
    public const string PipelineName = "classification";

    private ClassificationModel(TensorModel model, ClassificationSettings settings, ModelProbe probe)
    {
        Model = model;
        Settings = settings;
        Probe = probe;
    }

    public TensorModel Model { get; }

    public ClassificationSettings Settings { get; }

    public ModelProbe Probe { get; }

    /// <summary>Settles and tries a loaded model, and takes it over; on failure it is disposed.</summary>
    public static Result<ClassificationModel> Create(TensorModel model, ServiceDescription description, IReadOnlyList<string> labels, CancellationToken ct)
    {
        Result<ClassificationModel>? created = null;
        try
        {
            created = Check(model, description, labels, ct);
            return created;
        }
        finally
        {
            if (created is not { IsSuccess: true })
            {
                model.Dispose();
            }
        }
    }

    /// <summary>The request of one picture file.</summary>
    /// <param name="entry">Names the picture in errors.</param>
    public Result<TensorRequest> Prepare(string entry, ReadOnlySpan<byte> file)
    {
        var pixels = PictureDecoder.Decode(entry, file, Settings.Picture);
        return pixels.IsSuccess ? new TensorRequest([PictureTensor.Create(pixels.Value, Settings)], [Settings.OutputName]) : pixels.Error;
    }

    /// <summary>Confidences wanted: the request's <c>top_k</c>, else the package's, at most all.</summary>
    public Result<int> ReadTopK(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object || !parameters.TryGetProperty("top_k", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return Math.Min(Settings.TopK, Probe.Classes);
        }

        return given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var count) && count >= 1
            ? Math.Min(count, Probe.Classes)
            : new InvalidError("$.parameters.top_k", "request.top_k");
    }

    /// <summary><c>{"confidences": [{"index", "class", "score"}]}</c>, best first.</summary>
    public Result<JsonObject> Interpret(IReadOnlyList<ModelValue> outputs, int topK)
    {
        var scores = ((Tensor)outputs[0]).ToFloats();
        if (scores.Length != Probe.Classes || !Array.TrueForAll(scores, float.IsFinite))
        {
            return new UnavailableError("serving.model_failed");
        }

        if (Settings.Softmax)
        {
            Softmax(scores);
        }

        var indexes = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort(indexes, (first, second) => scores[second].CompareTo(scores[first]) is var order and not 0 ? order : first.CompareTo(second));
        var confidences = new JsonArray();
        foreach (var index in indexes.AsSpan(0, topK))
        {
            var label = Settings.Labels.Count > 0 ? Settings.Labels[index] : index.ToString(System.Globalization.CultureInfo.InvariantCulture);
            confidences.Add(new JsonObject { ["index"] = index, ["class"] = label, ["score"] = Math.Round(scores[index], 7) });
        }

        return new JsonObject { ["confidences"] = confidences };
    }

    public void Dispose() => Model.Dispose();

    private static Result<ClassificationModel> Check(TensorModel model, ServiceDescription description, IReadOnlyList<string> labels, CancellationToken ct)
    {
        var settings = new ClassificationResolver(model.Signature, description, labels).Resolve();
        if (!settings.IsSuccess)
        {
            return settings.Error;
        }

        try
        {
            var probe = ModelProbe.Run(model, settings.Value, ct);
            if (!probe.IsSuccess)
            {
                return probe.Error;
            }

            // Without a word about it, numbers that are no probabilities are taken for logits.
            var softmax = description.Output is not ClassificationOutput { Activation: not null } ? !probe.Value.SumsToOne : settings.Value.Softmax;
            return new ClassificationModel(model, settings.Value with { Softmax = softmax }, probe.Value);
        }
        catch (OnnxRuntimeException)
        {
            return new InvalidError(PackageContent.ModelFileName, "package.does_not_run");
        }
    }

    /// <summary>From the largest down, so that logits of thousands do not overflow.</summary>
    private static void Softmax(float[] values)
    {
        var largest = values.Max();
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
