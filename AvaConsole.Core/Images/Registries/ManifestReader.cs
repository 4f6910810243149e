using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Registries;

/// <summary>Turns a registry's bytes into a manifest, or says why they are none.</summary>
internal static class ManifestReader
{
    public const string AttestationType = "vnd.docker.reference.type";
    public const string AttestationSubject = "vnd.docker.reference.digest";

    private const int MaxAnnotations = 100;
    private const int MaxLayers = 1000;

    /// <param name="reference">Tag or digest that was asked for; the bytes must have a digest that was.</param>
    public static Result<Manifest> Read(EgressAnswer answer, string host, string reference)
    {
        if (DigestOf(answer, host, reference) is var digest && !digest.IsSuccess) return digest.Error;
        using var document = UntrustedJson.Parse(answer.Body);
        if (document is null) return RegistryErrors.AnswerInvalid(host, reference);
        var root = document.RootElement;
        var header = MediaTypeOf(answer);
        var body = root.TextOf("mediaType");
        if (RegistryMediaTypes.IsSchema1(header) || root.LongOf("schemaVersion") == 1) return RegistryErrors.Schema1(reference);
        // What one reader takes for an index and another for an image has two meanings under one digest.
        if (header.Length > 0 && body.Length > 0 && header != body) return RegistryErrors.MediaTypeDiffers(host, header, body);
        var mediaType = header.Length > 0 ? header : body;
        if (!RegistryMediaTypes.IsIndex(mediaType) && !RegistryMediaTypes.IsManifest(mediaType)) return RegistryErrors.MediaTypeUnknown(host, mediaType);
        return Read(root, new ManifestHead(digest.Value, mediaType, answer.Body.Length), host, reference);
    }

    /// <summary>Without parameters, which say nothing here.</summary>
    public static string MediaTypeOf(EgressAnswer answer) =>
        MediaTypeHeaderValue.TryParse(answer.Header("Content-Type"), out var type) ? (type.MediaType ?? "").ToLowerInvariant() : "";

    /// <summary>An image's configuration.</summary>
    public static ImageConfig? ReadConfig(byte[] body)
    {
        using var document = UntrustedJson.Parse(body);
        if (document is null) return null;
        var root = document.RootElement;
        var config = root.ObjectOf("config") ?? default;
        var names = config.ItemsOf("Env").Select(variable => variable.TextOf().Split('=')[0]).Where(name => name.Length > 0);
        return new ImageConfig(PlatformOf(root), root.MomentOf("created"), config.TextsOf("Labels", MaxAnnotations), [.. names.Take(MaxAnnotations).Select(Untrusted.Line)]);
    }

    /// <summary>The digest of bytes, by the algorithm of another one.</summary>
    public static string Hash(byte[] bytes, string like) => like.StartsWith("sha512:", StringComparison.Ordinal)
        ? "sha512:" + Convert.ToHexStringLower(SHA512.HashData(bytes))
        : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static IEnumerable<Descriptor> DescriptorsOf(JsonElement root, string name) =>
        root.ItemsOf(name).Select(DescriptorOf).OfType<Descriptor>();

    /// <summary>What was asked for, else what the header says, has to be what the bytes are.</summary>
    private static Result<string> DigestOf(EgressAnswer answer, string host, string reference)
    {
        var header = answer.Header("Docker-Content-Digest");
        foreach (var expected in ((string[])[reference, header]).Where(ImageReference.IsDigest))
        {
            var actual = Hash(answer.Body, expected);
            if (actual != expected) return RegistryErrors.DigestDiffers(host, expected, actual);
        }

        return ImageReference.IsDigest(reference) ? reference : Hash(answer.Body, header);
    }

    private static Result<Manifest> Read(JsonElement root, ManifestHead head, string host, string reference)
    {
        var annotations = root.TextsOf("annotations", MaxAnnotations);
        if (RegistryMediaTypes.IsIndex(head.MediaType))
            return new Manifest(head, null, [], [.. DescriptorsOf(root, "manifests")], Untrusted.Line(root.TextOf("artifactType")), annotations);
        if (root.ObjectOf("config") is not { } part || DescriptorOf(part) is not { } config) return RegistryErrors.AnswerInvalid(host, reference);
        var named = root.TextOf("artifactType");
        var artifactType = named.Length > 0 ? Untrusted.Line(named) : RegistryMediaTypes.IsConfig(config.MediaType) ? "" : config.MediaType;
        return new Manifest(head, config, [.. DescriptorsOf(root, "layers").Take(MaxLayers)], [], artifactType, annotations);
    }

    /// <summary>Null without a digest that could be asked for.</summary>
    private static Descriptor? DescriptorOf(JsonElement element)
    {
        var digest = element.TextOf("digest");
        if (!ImageReference.IsDigest(digest)) return null;
        return new Descriptor(
            digest,
            Untrusted.Line(element.TextOf("mediaType")),
            Math.Max(0, element.LongOf("size")),
            Untrusted.Line(element.TextOf("artifactType")),
            element.ObjectOf("platform") is { } platform ? PlatformOf(platform) : null,
            element.TextsOf("annotations", MaxAnnotations));
    }

    private static ImagePlatform PlatformOf(JsonElement element) => new(
        Untrusted.Line(element.TextOf("os")), Untrusted.Line(element.TextOf("architecture")), Untrusted.Line(element.TextOf("variant")), Untrusted.Line(element.TextOf("os.version")));
}
