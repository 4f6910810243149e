using System.Text.Json;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;

namespace AvaConsole.Web.Features.Releases;

/// <summary>One custom file: the name that the model asks for, and where it comes from.</summary>
public sealed class CustomFile
{
    public string Name { get; set; } = "";

    public string Url { get; set; } = "";
}

/// <summary>What is typed into the form of a release, until it is saved.</summary>
public sealed class ReleaseForm
{
    public const string NoValues = "{}";

    public VersionProposal? Version { get; set; }

    /// <summary>The version is not to be the recommended one.</summary>
    public bool HasOwnVersion { get; set; }

    /// <summary>Kept where <see cref="HasOwnVersion"/> is taken back, so that trying it loses nothing.</summary>
    public string OwnVersion { get; set; } = "";

    /// <summary>Which reading of <see cref="OwnVersion"/> is meant.</summary>
    public AppVersion? Meant { get; set; }

    public string VersionReason { get; set; } = "";

    /// <summary>Whether <see cref="Version"/> is one that needs a reason.</summary>
    public bool VersionNeedsReason { get; set; }

    public string Image { get; set; } = "";

    /// <summary>What the catalogue knows of <see cref="Image"/>; null before it was asked.</summary>
    public ImagePin? Pin { get; set; }

    /// <summary>Whether the tag's digest is attached where it is known.</summary>
    public bool ByDigest { get; set; } = true;

    /// <summary>The reference that is attached.</summary>
    public string AttachedImage => ByDigest && Pin is { State: PinState.Known } pin && pin.Reference.ToString() == Image.Trim() ? pin.Pinned.ToString() : Image.Trim();

    public string ApiVersionId { get; set; } = "";

    public ModelPackage? Package { get; set; }

    public int? BatchSize { get; set; } = 8;

    public int? ImageWidth { get; set; } = 0;

    public List<CustomFile> Files { get; } = [];

    public string CustomValues { get; set; } = NoValues;

    /// <param name="keepVersion">False where the form is to become another release.</param>
    public static ReleaseForm From(Release release, bool keepVersion)
    {
        var form = new ReleaseForm
        {
            Version = keepVersion ? new VersionProposal(release.Version, release.Date, release.ImageVersion, release.Sequence) : null,
            HasOwnVersion = keepVersion && release.VersionReason.Length > 0,
            OwnVersion = keepVersion && release.VersionReason.Length > 0 ? release.Version : "",
            Meant = new AppVersion(release.Date, release.ImageVersion, release.Sequence),
            VersionReason = keepVersion ? release.VersionReason : "",
            VersionNeedsReason = keepVersion && release.VersionReason.Length > 0,
            Image = release.Image,
            ApiVersionId = release.ApiVersionId?.ToString() ?? "",
            Package = release.Package,
            BatchSize = release.BatchSize,
            ImageWidth = release.ImageWidth,
            CustomValues = release.CustomValues,
        };
        form.Files.AddRange(release.CustomFiles.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new CustomFile { Name = file.Key, Url = file.Value }));
        return form;
    }

    /// <param name="app">Whose release it is.</param>
    /// <param name="release">The draft that is edited; null for a new one.</param>
    public VersionNameQuery ToNameQuery(Guid app, Guid? release) => new(app, AttachedImage)
    {
        Typed = HasOwnVersion ? OwnVersion.Trim() : "",
        Meant = Meant,
        ReleaseId = release,
        ApiVersionId = Guid.TryParse(ApiVersionId, out var api) ? api : null,
    };

    /// <summary>Null while something cannot be read: no version yet, one that needs a reason and has none, a number that is none, values that are no JSON object, a file named twice or not at all.</summary>
    public ReleaseRequest? ToRequest()
    {
        if (Version is null || BatchSize is not { } batch || ImageWidth is not { } width || JsonProblem.Find(CustomValues) is not null || HasDuplicateFiles || HasUnnamedFiles
            || (VersionNeedsReason && string.IsNullOrWhiteSpace(VersionReason)))
        {
            return null;
        }

        var files = Files.Where(file => file.Name.Trim().Length > 0).ToDictionary(file => file.Name.Trim(), file => file.Url.Trim());
        var values = string.IsNullOrWhiteSpace(CustomValues) ? NoValues : CustomValues;
        return new ReleaseRequest(
            Version.Version, Version.Date, Version.ImageVersion, Version.Sequence, AttachedImage, Guid.TryParse(ApiVersionId, out var api) ? api : null, Package?.Id, batch, width, files, values)
        {
            VersionReason = HasOwnVersion ? VersionReason.Trim() : "",
        };
    }

    /// <summary>An address without a name; a row with neither is only not filled in yet.</summary>
    public bool HasUnnamedFiles => Files.Exists(file => file.Name.Trim().Length == 0 && file.Url.Trim().Length > 0);

    public bool HasDuplicateFiles => Files.Select(file => file.Name.Trim()).Where(name => name.Length > 0).GroupBy(name => name).Any(same => same.Count() > 1);
}

/// <summary>Where a text stops being a JSON object.</summary>
/// <param name="Line">From 1; 0 where it is JSON but not an object.</param>
/// <param name="Column">From 1.</param>
public sealed record JsonProblem(long Line, long Column)
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Null where the text is a JSON object, or empty.</summary>
    public static JsonProblem? Find(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text, s_options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : new JsonProblem(0, 0);
        }
        catch (JsonException exception)
        {
            return new JsonProblem((exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1);
        }
    }
}
