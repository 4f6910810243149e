using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using AvaConsole.Core.Images.Registries;
using Microsoft.AspNetCore.Http;
using static AvaConsole.Tests.Support.RegistryAnswers;

namespace AvaConsole.Tests.Support;

/// <summary>An honest registry's contents, which a hostile one answers from where it does not lie.</summary>
public sealed class SimulatedImages
{
    private readonly ConcurrentDictionary<string, (string Document, string MediaType)> _documents = new();

    /// <summary>By repository.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<string>> Tags { get; } = new();

    /// <summary>An image of one platform under these tags.</summary>
    /// <returns>Its digest.</returns>
    public string Add(string repository, string architecture, params string[] tags)
    {
        var config = Config(architecture, ("maintainer", "ava"));
        Put($"{repository}/blobs/{DigestOf(config)}", config, "application/octet-stream");
        return AddDocument(repository, Manifest(config, RegistryMediaTypes.OciManifest, $"layer of {architecture}"), RegistryMediaTypes.OciManifest, tags);
    }

    public string AddDocument(string repository, string document, string mediaType, params string[] tags)
    {
        foreach (var reference in tags.Append(DigestOf(document))) Put($"{repository}/manifests/{reference}", document, mediaType);
        Tags.AddOrUpdate(repository, _ => tags, (_, known) => [.. known.Union(tags)]);
        return DigestOf(document);
    }

    public string Document(string repository, string reference) => _documents[$"/v2/{repository}/manifests/{reference}"].Document;

    /// <summary>Answers as the distribution specification says, lists page by page.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == "/v2/") return context.JsonAsync("{}");
        if (path == "/v2/_catalog") return PageAsync(context, "repositories", [.. Tags.Keys.Order(StringComparer.Ordinal)]);
        if (path.EndsWith("/tags/list", StringComparison.Ordinal))
            return Tags.TryGetValue(path["/v2/".Length..^"/tags/list".Length], out var tags) ? PageAsync(context, "tags", tags) : context.StatusAsync(404, "NAME_UNKNOWN");
        if (!_documents.TryGetValue(path, out var found)) return context.StatusAsync(404, "MANIFEST_UNKNOWN");
        if (found.MediaType.Contains("vnd.", StringComparison.Ordinal)) context.Response.Headers["Docker-Content-Digest"] = DigestOf(found.Document);
        if (context.Request.Method != "HEAD") return context.JsonAsync(found.Document, found.MediaType);
        (context.Response.ContentType, context.Response.ContentLength) = (found.MediaType, found.Document.Length);
        return Task.CompletedTask;
    }

    private void Put(string path, string document, string mediaType) => _documents["/v2/" + path] = (document, mediaType);

    /// <summary>The next page by a number in place of a name: a client that follows the link need not know.</summary>
    private static Task PageAsync(HttpContext context, string member, IReadOnlyList<string> items)
    {
        var size = int.Parse(context.Request.Query["n"].ToString(), CultureInfo.InvariantCulture);
        var from = context.Request.Query["from"].ToString() is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        if (from + size < items.Count) context.Response.Headers.Link = $"<{context.Request.Path}?n={size}&from={from + size}>; rel=\"next\"";
        return context.JsonAsync($$"""{"{{member}}":{{JsonSerializer.Serialize(items.Skip(from).Take(size))}}}""");
    }
}
