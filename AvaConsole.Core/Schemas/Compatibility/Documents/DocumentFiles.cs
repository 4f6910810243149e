using System.Text.Json.Nodes;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Compatibility.Documents;

/// <summary>
/// Reads a document with the files that it refers to (<c>$ref: common.yaml#/…</c>). They are hung into the document under <c>x-files</c> and the references
/// turned to lead there, so that everyone after this sees local references alone. Addresses on the network are left as they are: nothing is fetched.
/// </summary>
public static class DocumentFiles
{
    private const string Shelf = "x-files";
    private const int MaxFiles = 200;

    /// <summary>Reads the file at <paramref name="path"/> and those it refers to.</summary>
    public static async Task<Result<JsonNode>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var root = await ReadOneAsync(path, path, cancellationToken).ConfigureAwait(false);
        if (!root.IsSuccess || root.Value is not JsonObject document)
        {
            return root;
        }

        var files = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        var full = Path.GetFullPath(path);
        var waiting = new Queue<string>();
        Turn(document, full, full, waiting);
        while (waiting.TryDequeue(out var file))
        {
            if (files.ContainsKey(file))
            {
                continue;
            }

            if (files.Count == MaxFiles)
            {
                return new InvalidError(path, "document.too_many_files", MaxFiles);
            }

            var read = await ReadOneAsync(file, Path.GetRelativePath(Path.GetDirectoryName(full)!, file), cancellationToken).ConfigureAwait(false);
            if (!read.IsSuccess)
            {
                return read;
            }

            files[file] = read.Value;
            Turn(read.Value, file, full, waiting);
        }

        return Hang(document, files, full);
    }

    private static JsonObject Hang(JsonObject document, Dictionary<string, JsonNode> files, string full)
    {
        if (files.Count > 0)
        {
            document[Shelf] = new JsonObject(files.Select(file => KeyValuePair.Create<string, JsonNode?>(NameOf(file.Key, full), file.Value)));
        }

        return document;
    }

    private static async Task<Result<JsonNode>> ReadOneAsync(string path, string name, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(path).Length > DocumentReader.MaxLength)
            {
                return new InvalidError(name, "document.too_long", DocumentReader.MaxLength);
            }

            return DocumentReader.Read(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new InvalidError(name, "document.file_unreadable", name);
        }
    }

    // Turns every reference of a file; each file that it leads to is put into the queue.
    private static void Turn(JsonNode node, string file, string root, Queue<string> waiting)
    {
        var nodes = new Stack<JsonNode>([node]);
        while (nodes.TryPop(out var next))
        {
            if (next is JsonObject map && ReferenceResolver.ReferenceOf(map) is { } reference)
            {
                map["$ref"] = Turned(reference, file, root, waiting);
            }

            foreach (var child in next is JsonObject entries ? entries.Select(entry => entry.Value) : next as JsonArray ?? [])
            {
                if (child is JsonObject or JsonArray)
                {
                    nodes.Push(child);
                }
            }
        }
    }

    private static string Turned(string reference, string file, string root, Queue<string> waiting)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var (target, pointer) = hash < 0 ? (reference, "") : (reference[..hash], reference[(hash + 1)..]);
        if (target.Contains("://", StringComparison.Ordinal))
        {
            return reference;
        }

        var full = target.Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, Uri.UnescapeDataString(target)));
        if (full == root)
        {
            return "#" + pointer;
        }

        waiting.Enqueue(full);
        return "#" + JsonPointer.Of("", Shelf, NameOf(full, root)) + pointer;
    }

    private static string NameOf(string file, string root) => Path.GetRelativePath(Path.GetDirectoryName(root)!, file).Replace('\\', '/');
}
