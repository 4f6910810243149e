using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Pipelines;

/// <summary>
/// Puts a release's own values before the package's. <c>image_width</c> (above 0) sets width and height. A member of <c>custom_values</c> named
/// like one of <c>service.yaml</c>'s (<c>input.scale</c>, or <c>scale</c> for short) replaces it; tensors, layout, labels and pipeline belong to the
/// model and stay. Other members are AVA's own and are left to the images that read them.
/// </summary>
internal static class ReleaseOverrides
{
    private static readonly HashSet<string> s_fixed = new(StringComparer.Ordinal) { "pipeline", "labels", "input.tensor", "input.layout", "output.tensor" };

    public static Result<ServiceDescription> Apply(ServiceDescription description, int imageWidth, JsonObject customValues)
    {
        var fields = new ServiceFields("custom_values");
        foreach (var name in ServiceFields.Names.Where(name => !s_fixed.Contains(name)))
        {
            var value = customValues[name] ?? customValues[name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]];
            if (value is not null)
            {
                fields.Add(name, value is JsonArray array ? array.Select(Text).ToList() : [Text(value)]);
            }
        }

        var given = fields.Read();
        if (!given.IsSuccess)
        {
            return given.Error;
        }

        return Merge(description, given.Value, imageWidth > 0 ? imageWidth : null);
    }

    private static ServiceDescription Merge(ServiceDescription package, ServiceDescription release, int? imageWidth)
    {
        var input = Merge(package.Inputs.OfType<PictureInput>().FirstOrDefault() ?? new(), release.Inputs.OfType<PictureInput>().FirstOrDefault() ?? new(), imageWidth);
        var (output, given) = (package.Output as ClassificationOutput ?? new(), release.Output as ClassificationOutput ?? new());
        return package with
        {
            Inputs = [input],
            Output = output with { Activation = given.Activation ?? output.Activation, TopK = given.TopK ?? output.TopK },
        };
    }

    private static PictureInput Merge(PictureInput package, PictureInput release, int? imageWidth) => package with
    {
        Width = release.Width ?? imageWidth ?? package.Width,
        Height = release.Height ?? imageWidth ?? package.Height,
        Color = release.Color ?? package.Color,
        Resize = release.Resize ?? package.Resize,
        Background = release.Background ?? package.Background,
        Scale = release.Scale ?? package.Scale,
        Mean = release.Mean ?? package.Mean,
        Std = release.Std ?? package.Std,
    };

    private static string Text(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        null => "",
        _ => node.ToJsonString(),
    };
}
