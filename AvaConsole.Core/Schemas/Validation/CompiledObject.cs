using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Validation;

/// <summary>A list of parameters as a checker of one JSON object, closed to any other member.</summary>
internal sealed class CompiledObject
{
    private readonly Dictionary<string, CompiledParameter> _members;

    public CompiledObject(IReadOnlyList<ApiParameter> members)
    {
        _members = new Dictionary<string, CompiledParameter>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            _members.TryAdd(member.Name, new CompiledParameter(member));
        }
    }

    /// <summary>The object may be left out (undefined) where nothing in it is required.</summary>
    public void ValidateOptional(string path, JsonElement value, RequestProblems problems)
    {
        if (value.ValueKind != JsonValueKind.Undefined)
        {
            Validate(path, value, 2, problems);
        }
        else
        {
            Missing(path, _members.Keys.Where(key => _members[key].IsRequired), problems);
        }
    }

    public void Validate(string path, JsonElement value, int depth, RequestProblems problems)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add(path, "request.wrong_type", ParameterTypes.Object, RequestProblems.KindOf(value));
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject().TakeWhile(_ => !problems.IsFull))
        {
            if (_members.TryGetValue(member.Name, out var known))
            {
                seen.Add(member.Name);
                known.Validate(RequestProblems.PathOf(path, member.Name), member.Value, depth + 1, problems);
            }
            else
            {
                problems.AddUnknown(path, member.Name, _members.Keys);
            }
        }

        Missing(path, _members.Keys.Where(key => _members[key].IsRequired && !seen.Contains(key)), problems);
    }

    public void AddDefaults(JsonObject target)
    {
        foreach (var (name, member) in _members)
        {
            if (target[name] is JsonObject part)
            {
                member.AddDefaults(part);
            }
            else if (member.Default is { } value && !target.ContainsKey(name))
            {
                target[name] = value.DeepClone();
            }
        }
    }

    private static void Missing(string path, IEnumerable<string> names, RequestProblems problems)
    {
        foreach (var name in names)
        {
            problems.Add(RequestProblems.PathOf(path, name), "request.required", name);
        }
    }
}
