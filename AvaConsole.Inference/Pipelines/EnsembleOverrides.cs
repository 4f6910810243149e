using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Pipelines;

/// <summary>
/// Puts a release's values before those of an ensemble's models, as a request's parameters reach its steps: an object named like a model belongs
/// to that model; all else, and <c>image_width</c>, belongs to the models that answer for the whole request, and not to those that are run on
/// crops or on what other steps give alone.
/// </summary>
internal static class EnsembleOverrides
{
    private const string ImageWidthName = "image_width";

    public static Result<EnsembleDescription> Apply(EnsembleDescription ensemble, int imageWidth, JsonObject customValues)
    {
        var models = new Dictionary<string, EnsembleModel>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var (name, model) in ensemble.Models)
        {
            if (customValues[name] is not (null or JsonObject))
            {
                problems.Add(new Problem($"custom_values:{name}", "package.service_field_not_mapping", "custom_values", name));
                continue;
            }

            var replaced = Apply(ensemble, name, model, imageWidth, customValues);
            problems.AddRange(replaced.Error is InvalidError invalid ? invalid.Problems : []);
            models[name] = replaced.IsSuccess ? model with { Description = replaced.Value } : model;
        }

        return problems.Count == 0 ? ensemble with { Models = models } : new InvalidError(problems);
    }

    private static Result<ServiceDescription> Apply(EnsembleDescription ensemble, string name, EnsembleModel model, int imageWidth, JsonObject customValues)
    {
        var own = customValues[name] as JsonObject;
        var values = own;
        if (TakesRequest(ensemble, name))
        {
            values = new JsonObject(customValues
                .Where(member => own?.ContainsKey(member.Key) != true && !ensemble.Models.ContainsKey(member.Key))
                .Concat(own ?? [])
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        }
        else
        {
            imageWidth = 0;
        }

        // What is said of one model goes before what is said of all.
        return values is null
            ? model.Description
            : ReleaseOverrides.Apply(model.Description, own?.ContainsKey(ImageWidthName) == true ? 0 : imageWidth, values, own is null ? "custom_values" : $"custom_values.{name}");
    }

    /// <summary>A step of it takes the request's own payload, whole, and no other step of it is run on parts.</summary>
    private static bool TakesRequest(EnsembleDescription ensemble, string model)
    {
        var steps = ensemble.Steps.Where(step => step.Model == model).ToList();
        return steps.Count > 0 && steps.TrueForAll(step => step.Crop is null && step.Inputs.Count == 0);
    }
}
