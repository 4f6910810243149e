using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Pipelines;

/// <summary>
/// Puts a release's own values before the package's. <c>image_width</c> (above 0), or AVA's older <c>custom_values.image_width</c>, sets width and
/// height of the first picture. A member of
/// <c>custom_values</c> named like one of <c>service.yaml</c>'s (<c>input.scale</c>, or <c>scale</c> for short) replaces that of the first picture,
/// else of the first input, or that of the output; tensors, layout, labels and pipeline belong to the model and stay. Other members are AVA's own
/// and are left to the images that read them. Those of an ensemble's models: see <see cref="EnsembleOverrides"/>.
/// </summary>
internal static class ReleaseOverrides
{
    private const string ImageWidthName = "image_width";

    // 0 is the package's own, as in the release.
    private static readonly ServiceWhole s_imageWidth = new(isLong: false, 0, 8192);

    public static Result<ServiceDescription> Apply(ServiceDescription description, int imageWidth, JsonObject customValues)
    {
        if (description.Ensemble is { } ensemble)
        {
            var replaced = EnsembleOverrides.Apply(ensemble, imageWidth, customValues);
            return replaced.IsSuccess ? description with { Ensemble = replaced.Value } : replaced.Error;
        }

        return Apply(description, imageWidth, customValues, "custom_values");
    }

    /// <param name="source">Where the values are from, for messages.</param>
    public static Result<ServiceDescription> Apply(ServiceDescription description, int imageWidth, JsonObject customValues, string source)
    {
        var reader = new ServiceReader(source);
        if (imageWidth == 0 && customValues[ImageWidthName] is { } width)
        {
            imageWidth = s_imageWidth.Read(ServiceNode.Of(width), ImageWidthName, reader) as int? ?? 0;
        }

        var inputs = description.Inputs.ToList();
        var index = Math.Max(0, inputs.FindIndex(known => known is PictureInput));
        if (ReplaceInput(inputs.ElementAtOrDefault(index), imageWidth, customValues, reader) is { } input)
        {
            inputs = [.. inputs.Take(index), input, .. inputs.Skip(index + 1)];
        }

        var output = description.Output ?? OutputOf(description.Pipeline);
        output = output is null ? null : Replace(output, "output", customValues, reader) as OutputDescription ?? description.Output;
        return reader.Problems.Count == 0 ? description with { Inputs = inputs, Output = output } : new InvalidError(reader.Problems);
    }

    /// <summary>What a package that says nothing about it has.</summary>
    private static OutputDescription? OutputOf(PipelineKind? kind) => kind switch
    {
        null or PipelineKind.Classification => new ClassificationOutput(),
        PipelineKind.Detection => new DetectionOutput(),
        PipelineKind.Segmentation => new SegmentationOutput(),
        PipelineKind.Embedding => new EmbeddingOutput(),
        PipelineKind.Regression => new RegressionOutput(),
        _ => null,
    };

    /// <returns>Null where the release says nothing about it.</returns>
    private static InputDescription? ReplaceInput(InputDescription? known, int imageWidth, JsonObject customValues, ServiceReader reader)
    {
        // Where the package does not say what it takes, values for pictures can only be meant for one.
        var basis = known is null || known.GetType() == typeof(InputDescription) ? new PictureInput { Tensor = known?.Tensor, Entry = known?.Entry } : known;
        var sized = basis is PictureInput picture && imageWidth > 0 ? picture with { Width = imageWidth, Height = imageWidth } : null;
        return Replace(sized ?? basis, "input", customValues, reader) as InputDescription ?? sized;
    }

    /// <returns>Null where no member is given, or one that cannot be used.</returns>
    private static object? Replace(object basis, string prefix, JsonObject customValues, ServiceReader reader)
    {
        var section = ServiceTables.Of(basis.GetType());
        var given = section.Members
            .Where(member => member.IsOverridable)
            .Select(member => KeyValuePair.Create(member.Name, customValues[$"{prefix}.{member.Name}"] ?? customValues[member.Name]))
            .Where(pair => pair.Value is not null)
            .Select(pair => KeyValuePair.Create(pair.Key, ServiceNode.Of(pair.Value)))
            .ToList();
        return given.Count == 0 ? null : section.Read(ServiceNode.OfMembers(given), prefix, reader, basis);
    }
}
