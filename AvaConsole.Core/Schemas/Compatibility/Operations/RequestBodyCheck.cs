using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Documents;
using AvaConsole.Core.Schemas.Compatibility.Schemas;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>The request body of an operation, up to its schemas.</summary>
internal sealed class RequestBodyCheck(SchemaComparer schemas)
{
    public void Check(OperationPair pair)
    {
        var pointer = JsonPointer.Of(pair.To.Pointer, "requestBody");
        switch (pair.From.RequestBody, pair.To.RequestBody)
        {
            case (null, { } added):
                pair.Add(added.Flag("required") ? "request-body-added-required" : "request-body-added-optional", pointer);
                break;
            case ({ }, null):
                pair.Add("request-body-removed", JsonPointer.Of(pair.From.Pointer, "requestBody"));
                break;
            case ({ } from, { } to):
                Compare(pair, from, to, pointer);
                break;
        }
    }

    private void Compare(OperationPair pair, JsonObject from, JsonObject to, string pointer)
    {
        if (from.Flag("required") != to.Flag("required"))
        {
            pair.Add(to.Flag("required") ? "request-body-became-required" : "request-body-became-optional", pointer);
        }

        var match = new ContentMatch(pair.From.Document, from, pair.To.Document, to);
        foreach (var name in match.Added)
        {
            pair.Add("request-body-media-type-added", JsonPointer.Of(JsonPointer.Of(pointer, "content"), name), name);
        }

        foreach (var name in match.Removed)
        {
            pair.Add("request-body-media-type-removed", JsonPointer.Of(pair.From.Pointer, "requestBody", "content"), name);
        }

        foreach (var content in match.Pairs)
        {
            Compare(pair, content, JsonPointer.Of(pointer, "content"));
        }
    }

    private void Compare(OperationPair pair, ContentPair content, string pointer)
    {
        var place = JsonPointer.Of(pointer, content.ToName, "schema");
        var (from, to) = (content.From["schema"], content.To["schema"]);
        if (from is null && to is not null)
        {
            pair.Add("request-body-media-type-schema-added", place, content.ToName);
        }
        else if (from is not null && to is null)
        {
            pair.Add("request-body-media-type-schema-removed", place, content.ToName);
        }

        var site = new SchemaSite(SchemaPlace.RequestBody, pair.Path, pair.Method, place) { MediaType = content.ToName, Stability = pair.To.Stability.Label };
        schemas.Compare(site, pair.From.Document.Schemas.View(from), pair.To.Document.Schemas.View(to), pair.Sink);
    }
}
