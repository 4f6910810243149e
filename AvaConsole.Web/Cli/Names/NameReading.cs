using System.Globalization;
using System.Text.Json.Nodes;
using AvaConsole.Core.Images;
using AvaConsole.Core.Naming;

namespace AvaConsole.Web.Cli.Names;

/// <summary>One way to read a text as a name.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Parts">By their names in JSON, in the order of the text.</param>
internal sealed record NameReading(string Kind, IReadOnlyList<KeyValuePair<string, JsonNode?>> Parts)
{
    public const string App = "app";
    public const string Version = "version";
    public const string Image = "image";
    public const string Tag = "tag";
    public const string Reference = "reference";

    public static string[] Kinds { get; } = [App, Version, Image, Tag, Reference];

    /// <param name="kind">Null for any.</param>
    public static IReadOnlyList<NameReading> Of(string text, string? kind) =>
        [.. Kinds.Where(one => kind is null || one == kind).SelectMany(one => Read(text, one).Select(parts => new NameReading(one, parts)))];

    public JsonObject ToJson() => new([KeyValuePair.Create("kind", (JsonNode?)Kind), .. Parts.Select(part => KeyValuePair.Create(part.Key, part.Value?.DeepClone()))]);

    public override string ToString() => $"{Kind}: {string.Join("  ", Parts.Select(part => $"{part.Key}={part.Value}"))}";

    private static IEnumerable<KeyValuePair<string, JsonNode?>[]> Read(string text, string kind)
    {
        switch (kind)
        {
            case App when AppName.TryParse(text, out var app):
                return [[Part("command", app.Command), Part("instance", app.Instance)]];
            case Version:
                return AppVersion.Readings(text).Select(version => (KeyValuePair<string, JsonNode?>[])
                    [Part("date", Day(version.Date)), Part("imageVersion", version.ImageVersion), Part("sequence", version.Sequence)]);
            case Image when ImageName.TryParse(text, out var image):
                return
                [
                    [
                        Part("framework", image.Framework), Part("device", image.Device), Part("type", image.Kind), Part("date", Day(image.Date)),
                        Part("sequence", image.Sequence), Part("version", image.Version),
                    ],
                ];
            case Tag when ImageTag.TryParse(text, out var tag):
                return [[Part("python", tag.Python), Part("device", tag.Device), Part("cuda", tag.Cuda), Part("cudnn", tag.Cudnn)]];
            case Reference when ImageReference.TryParse(text, out var reference):
                return [[Part("repository", reference.Repository), Part("tag", reference.Tag), Part("digest", reference.Digest)]];
            default:
                return [];
        }
    }

    private static KeyValuePair<string, JsonNode?> Part(string name, JsonNode? value) => new(name, value);

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
