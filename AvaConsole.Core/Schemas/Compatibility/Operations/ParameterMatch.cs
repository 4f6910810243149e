using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>A parameter before and after; of parameters that became properties of one exploded object, the property stands in.</summary>
internal sealed record ParameterPair(string Name, string In, Parameter From, Parameter To);

/// <summary>Pairs the parameters of two lists.</summary>
internal sealed class ParameterMatch
{
    private readonly IReadOnlyDictionary<string, string> _pathNames;
    private readonly HashSet<Parameter> _done = new(ReferenceEqualityComparer.Instance);

    public ParameterMatch(
        ApiDocument fromDocument, IReadOnlyList<Parameter> from, ApiDocument toDocument, IReadOnlyList<Parameter> to, IReadOnlyDictionary<string, string> pathNames)
    {
        _pathNames = pathNames;
        MatchExploded(from, toDocument, to, (simple, property) => new ParameterPair(simple.Name, simple.In, simple, property));
        MatchExploded(to, fromDocument, from, (simple, property) => new ParameterPair(simple.Name, simple.In, property, simple));
        MatchByName(from, to);
        Added.AddRange(to.Where(parameter => !_done.Contains(parameter)));
    }

    public List<ParameterPair> Pairs { get; } = [];

    public List<Parameter> Added { get; } = [];

    public List<Parameter> Removed { get; } = [];

    private void MatchByName(IReadOnlyList<Parameter> from, IReadOnlyList<Parameter> to)
    {
        foreach (var parameter in from.Where(parameter => !_done.Contains(parameter)))
        {
            if (to.FirstOrDefault(candidate => !_done.Contains(candidate) && IsSame(parameter, candidate)) is { } match && _done.Add(match))
            {
                Pairs.Add(new ParameterPair(parameter.Name, parameter.In, parameter, match));
            }
            else
            {
                Removed.Add(parameter);
            }
        }
    }

    private bool IsSame(Parameter from, Parameter to)
    {
        if (from.In != to.In)
        {
            return false;
        }

        return from.In == "path" && _pathNames.Count > 0
            ? _pathNames.TryGetValue(from.Name, out var renamed) && renamed == to.Name
            : from.WireName == to.WireName;
    }

    // "limit" and "sort" on the one side, an exploded object with the properties "limit" and "sort" on the other. A parameter that still is there under its
    // own name is matched by that.
    private void MatchExploded(
        IReadOnlyList<Parameter> simple, ApiDocument document, IReadOnlyList<Parameter> exploded, Func<Parameter, Parameter, ParameterPair> pair)
    {
        foreach (var whole in exploded.Where(parameter => !_done.Contains(parameter) && parameter.IsExploded(document)))
        {
            var properties = whole.Properties(document)
                .Where(property => !exploded.Any(other => other.In == whole.In && other.Name == property.Key))
                .ToDictionary(StringComparer.Ordinal);
            foreach (var part in simple.Where(parameter => !_done.Contains(parameter) && parameter.In == whole.In && properties.ContainsKey(parameter.Name)).ToList())
            {
                var node = whole.Node.DeepClone().AsObject();
                node["schema"] = properties[part.Name]?.DeepClone();
                Pairs.Add(pair(part, whole with { Name = part.Name, Node = node }));
                _done.Add(part);
                _done.Add(whole);
            }
        }
    }
}
