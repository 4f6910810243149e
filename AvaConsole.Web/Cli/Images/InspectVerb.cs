using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AvaConsole.Core.Images.Registries;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Images;

/// <summary><c>asectl image inspect</c></summary>
internal sealed class InspectVerb : Verb
{
    private const string UsualTag = "latest";

    private static readonly string[] s_labels =
        ["ImageLabelDigest", "ImageLabelType", "ImageLabelCreated", "ImageLabelSize", "ImageLabelLayers", "ImageLabelLabels", "ImageLabelEnvironment", "ImageLabelAttestations"];

    private readonly Argument<string> _image = CliOptions.File("REFERENCE", "ArgumentImage");
    private readonly RegistryLink _link = new();

    public InspectVerb()
        : base("inspect", "ImageInspect", "asectl image inspect reg.example/ava-public/ava-caffe:py27-cpu --format json")
    {
        Add(_image);
        _link.AddTo(this);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var reference = RegistryLink.Parse(arguments.GetValue(_image)!);
        var wanted = reference.Digest.Length > 0 ? reference.Digest : reference.Tag.Length > 0 ? reference.Tag : UsualTag;
        var image = _link.Ask(arguments, reference, output, client => client.GetImageAsync(reference.Qualified().Path, wanted, CancellationToken.None));
        if (output.IsJson)
        {
            output.Json(ToJson(reference.ToString(), image));
        }
        else
        {
            Show(output, image);
        }

        return CliExit.Success;
    }

    private static void Show(CliOutput output, RegistryImage image)
    {
        var width = s_labels.Max(label => Columns(CliTexts.Of(label)));
        Row("ImageLabelDigest", image.Head.Digest, "");
        Row("ImageLabelType", image.Head.MediaType, "");
        if (image.ArtifactType.Length > 0) output.Line(CliTexts.Of("ImageNoImage", image.ArtifactType));
        foreach (var platform in image.Platforms)
        {
            output.Line();
            output.Line(platform.Platform?.ToString() is { Length: > 0 } name ? output.Green(name) : CliTexts.Of("ImagePlatformUnknown"));
            if (platform.Digest != image.Head.Digest) Row("ImageLabelDigest", platform.Digest, "  ");
            if (platform.Bytes > 0) Row("ImageLabelSize", Size(platform.Bytes), "  ");
            if (platform.Layers.Count > 0) Row("ImageLabelLayers", platform.Layers.Count.ToString(CultureInfo.InvariantCulture), "  ");
            if (platform.Config is { } config) ShowConfig(config);
            if (platform.Attestations.Count > 0) Row("ImageLabelAttestations", platform.Attestations.Count.ToString(CultureInfo.InvariantCulture), "  ");
        }

        if (image.OtherAttestations.Count > 0) output.Line(CliTexts.Of("ImageOtherAttestations", image.OtherAttestations.Count));
        if (image.IsCut) output.Note(CliTexts.Of("ImageCut"));

        void ShowConfig(ImageConfig config)
        {
            if (config.Created is { } created) Row("ImageLabelCreated", Moment(created), "  ");
            foreach (var (key, value) in config.Labels) Row("ImageLabelLabels", $"{key}={value.ReplaceLineEndings(" ")}", "  ");
            if (config.EnvironmentNames.Count > 0) Row("ImageLabelEnvironment", string.Join(' ', config.EnvironmentNames), "  ");
        }

        void Row(string key, string value, string indent)
        {
            var label = CliTexts.Of(key);
            output.Line($"{indent}{output.Dim(label)}{new string(' ', width - Columns(label) + 2)}{value}");
        }
    }

    /// <summary>A Chinese character takes two.</summary>
    private static int Columns(string text) => text.Sum(character => character > '\u2E7F' ? 2 : 1);

    private static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
    };

    private static JsonObject ToJson(string reference, RegistryImage image) => new()
    {
        ["reference"] = reference,
        ["digest"] = image.Head.Digest,
        ["mediaType"] = image.Head.MediaType,
        ["artifactType"] = image.ArtifactType,
        ["platforms"] = new JsonArray([.. image.Platforms.Select(ToJson)]),
        ["otherAttestations"] = ToJson(image.OtherAttestations),
        ["cut"] = image.IsCut,
    };

    private static JsonObject ToJson(PlatformImage platform) => new()
    {
        ["platform"] = platform.Platform?.ToString(),
        ["digest"] = platform.Digest,
        ["bytes"] = platform.Bytes,
        ["created"] = platform.Config?.Created is { } created ? Moment(created) : null,
        ["labels"] = new JsonObject((platform.Config?.Labels ?? new Dictionary<string, string>()).Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
        ["environment"] = RegistryLink.ToJson(platform.Config?.EnvironmentNames ?? []),
        ["layers"] = ToJson(platform.Layers),
        ["attestations"] = ToJson(platform.Attestations),
    };

    private static JsonArray ToJson(IEnumerable<Descriptor> descriptors) => [.. descriptors.Select(descriptor => new JsonObject
    {
        ["digest"] = descriptor.Digest,
        ["mediaType"] = descriptor.MediaType,
        ["bytes"] = descriptor.Bytes,
    })];
}
