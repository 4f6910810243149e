using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Documents;
using AvaConsole.Core.Schemas.Compatibility.Schemas;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>The headers of a response.</summary>
internal sealed class HeaderCheck(SchemaComparer schemas)
{
    public void Check(OperationPair pair, string status, JsonObject from, JsonObject to, string pointer)
    {
        var (before, after) = (Read(pair.From.Document, from), Read(pair.To.Document, to));
        foreach (var (name, header) in before.Where(entry => !after.ContainsKey(entry.Key)))
        {
            var id = header.Flag("required") ? "required-response-header-removed" : "optional-response-header-removed";
            pair.Add(id, JsonPointer.Of(pointer, name), name, "", "", status);
        }

        foreach (var name in after.Keys.Where(name => !before.ContainsKey(name)))
        {
            pair.Add("response-header-added", JsonPointer.Of(pointer, name), name, "", "", status);
        }

        foreach (var (name, header) in before.Where(entry => after.ContainsKey(entry.Key)))
        {
            Compare(pair, status, name, header, after[name], JsonPointer.Of(pointer, name));
        }
    }

    // However they are written, "Retry-After" and "retry-after" are one header.
    private static Dictionary<string, JsonObject> Read(ApiDocument document, JsonObject response)
    {
        var headers = new Dictionary<string, JsonObject>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, header) in document.Entries(response["headers"]))
        {
            headers[name] = header;
        }

        return headers;
    }

    private void Compare(OperationPair pair, string status, string name, JsonObject from, JsonObject to, string pointer)
    {
        if (from.Flag("required") && !to.Flag("required"))
        {
            pair.Add("response-header-became-optional", pointer, name, "", "", status);
        }

        var site = new SchemaSite(SchemaPlace.ResponseHeader, pair.Path, pair.Method, JsonPointer.Of(pointer, "schema"))
        {
            ParameterName = name,
            Status = status,
            Stability = pair.To.Stability.Label,
        };
        schemas.Compare(site, pair.From.Document.Schemas.View(from["schema"]), pair.To.Document.Schemas.View(to["schema"]), pair.Sink);
    }
}
