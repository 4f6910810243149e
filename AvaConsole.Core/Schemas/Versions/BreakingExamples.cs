using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Examples;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Core.Schemas.Validation.Requests;

namespace AvaConsole.Core.Schemas.Versions;

/// <summary>
/// Requests that one version accepts and the next refuses. They are found by trying: the old version's example with likely values
/// at the changed place. Both validators are asked, so that what is shown is true.
/// </summary>
internal sealed class BreakingExamples(ApiSchema from, ApiSchema to)
{
    private readonly CompiledSchema _old = CompiledSchema.Compile(from);
    private readonly CompiledSchema _new = CompiledSchema.Compile(to);
    private readonly JsonObject _base = RequestExample.Create(from);

    /// <summary>Null where no tried request breaks at this place.</summary>
    public JsonObject? Find(ChangePlace place)
    {
        if (place.Path.Length == 0)
        {
            return null;
        }

        foreach (var request in Candidates(place.Path))
        {
            var element = JsonSerializer.SerializeToElement(request);
            if (_old.Validate(element).Count == 0 && _new.Validate(element).Any(problem => IsAt(problem.Field, place.Path)))
            {
                return request;
            }
        }

        return null;
    }

    private IEnumerable<JsonObject> Candidates(string[] path)
    {
        yield return (JsonObject)_base.DeepClone();
        if (Parent(out var without, path) is JsonObject members && members.Remove(path[^1]))
        {
            yield return without;
        }

        foreach (var value in CandidateValues.At(from, to, path))
        {
            if (Set(path, value) is { } request)
            {
                yield return request;
            }
        }
    }

    private JsonObject? Set(string[] path, JsonNode? value)
    {
        switch (Parent(out var request, path))
        {
            case JsonObject members when path[^1] != ChangePlace.Element:
                members[path[^1]] = value;
                return request;
            case JsonArray { Count: > 0 } elements when path[^1] == ChangePlace.Element:
                elements[0] = value;
                return request;
            case JsonArray elements when path[^1] == ChangePlace.Element:
                elements.Add(value);
                return request;
            default:
                return null;
        }
    }

    /// <summary>A fresh copy of the example, and what holds the place in it; null where nothing does.</summary>
    private JsonNode? Parent(out JsonObject request, string[] path)
    {
        request = (JsonObject)_base.DeepClone();
        JsonNode? at = request;
        foreach (var part in path.Take(path.Length - 1))
        {
            at = at switch
            {
                JsonObject members when part != ChangePlace.Element => members[part] ?? Add(members, part),
                JsonArray { Count: > 0 } elements when part == ChangePlace.Element => elements[0],
                _ => null,
            };
        }

        return at;
    }

    private static JsonObject Add(JsonObject members, string name)
    {
        var added = new JsonObject();
        members[name] = added;
        return added;
    }

    private static bool IsAt(string field, string[] path)
    {
        var expected = path.Aggregate("$", (parent, part) => part == ChangePlace.Element ? parent + "[0]" : RequestProblems.PathOf(parent, part));
        return field == expected || field.StartsWith(expected + ".", StringComparison.Ordinal) || field.StartsWith(expected + "[", StringComparison.Ordinal);
    }
}
