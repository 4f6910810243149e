using System.Globalization;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Documents;
using AvaConsole.Core.Schemas.Compatibility.Schemas;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>The responses of an operation, up to their schemas.</summary>
internal sealed class ResponseCheck(SchemaComparer schemas)
{
    private readonly HeaderCheck _headers = new(schemas);

    public void Check(OperationPair pair)
    {
        var (from, to) = (pair.From.Responses, pair.To.Responses);
        foreach (var status in from.Keys.Except(to.Keys).Order(StringComparer.Ordinal))
        {
            Say(pair, status, pair.From, "removed");
        }

        foreach (var status in to.Keys.Except(from.Keys).Order(StringComparer.Ordinal))
        {
            Say(pair, status, pair.To, "added");
        }

        foreach (var status in from.Keys.Intersect(to.Keys).Order(StringComparer.Ordinal))
        {
            var pointer = JsonPointer.Of(pair.To.Pointer, "responses", status);
            CompareContent(pair, status, from[status], to[status], JsonPointer.Of(pointer, "content"));
            _headers.Check(pair, status, from[status], to[status], JsonPointer.Of(pointer, "headers"));
        }
    }

    // Ranges ("2XX") and "default" come and go in silence: which statuses they stand for, nobody can say.
    private static void Say(OperationPair pair, string status, Operation owner, string change)
    {
        if (int.TryParse(status, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            var kind = number is >= 200 and <= 299 ? "success" : "non-success";
            pair.Add($"response-{kind}-status-{change}", JsonPointer.Of(owner.Pointer, "responses", status), status);
        }
    }

    private void CompareContent(OperationPair pair, string status, JsonObject from, JsonObject to, string pointer)
    {
        var match = new ContentMatch(pair.From.Document, from, pair.To.Document, to);
        foreach (var name in match.Added)
        {
            pair.Add("response-media-type-added", JsonPointer.Of(pointer, name), name, "", "", status);
        }

        foreach (var name in match.Removed)
        {
            pair.Add("response-media-type-removed", JsonPointer.Of(pointer, name), name, "", "", status);
        }

        foreach (var content in match.Pairs)
        {
            CompareName(pair, status, content, JsonPointer.Of(pointer, content.ToName));
            CompareSchema(pair, status, content, JsonPointer.Of(pointer, content.ToName, "schema"));
        }
    }

    private static void CompareName(OperationPair pair, string status, ContentPair content, string pointer)
    {
        if (content.FromName == content.ToName || MediaTypeName.Parse(content.FromName) is not { } from || MediaTypeName.Parse(content.ToName) is not { } to)
        {
            return;
        }

        var change = (from.HasParametersOf(to), from.Contains(to)) switch
        {
            (false, _) => "changed",
            (true, true) => "specialized",
            (true, false) => "generalized",
        };
        pair.Add($"response-media-type-name-{change}", pointer, content.ToName, content.FromName, content.ToName, status);
    }

    private void CompareSchema(OperationPair pair, string status, ContentPair content, string pointer)
    {
        var (from, to) = (content.From["schema"], content.To["schema"]);
        if (from is null && to is not null)
        {
            pair.Add("response-body-media-type-schema-added", pointer, content.ToName, "", "", status);
        }
        else if (from is not null && to is null)
        {
            pair.Add("response-body-media-type-schema-removed", pointer, content.ToName, "", "", status);
        }

        var site = new SchemaSite(SchemaPlace.ResponseBody, pair.Path, pair.Method, pointer)
        {
            MediaType = content.ToName,
            Status = status,
            Stability = pair.To.Stability.Label,
        };
        schemas.Compare(site, pair.From.Document.Schemas.View(from), pair.To.Document.Schemas.View(to), pair.Sink);
    }
}
