using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Inference.Pipelines;

namespace AvaConsole.Inference.Packages;

/// <summary>A <c>service.yaml</c> that is being written for a package, with what the release around it replaces.</summary>
/// <param name="ServiceYaml">What the file would say; empty for none.</param>
public sealed record ServiceDraft(ModelPackage Package, string ServiceYaml)
{
    /// <summary>The app's command, for messages.</summary>
    public string App { get; init; } = "";

    /// <summary>The release's <c>image_width</c>: pixels, 0 for the package's own.</summary>
    public int ImageWidth { get; init; }

    /// <summary>The release's <c>custom_values</c>: a JSON object as text.</summary>
    public string CustomValues { get; init; } = "{}";

    /// <summary>The API that the release follows: its picture may be called anything. Null for none.</summary>
    public ApiSchema? Api { get; init; }

    internal Result<ServiceDescription> Describe()
    {
        var parsed = string.IsNullOrWhiteSpace(ServiceYaml) ? new ServiceDescription() : Packages.ServiceYaml.Parse(ServiceYaml);
        return parsed.IsSuccess ? Override(parsed.Value) : parsed.Error;
    }

    /// <summary>What the release says goes before what the package says.</summary>
    internal Result<ServiceDescription> Override(ServiceDescription description) =>
        ReleaseOverrides.Apply(description, ImageWidth, JsonNode.Parse(CustomValues) as JsonObject ?? []);
}
