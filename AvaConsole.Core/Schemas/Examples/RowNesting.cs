namespace AvaConsole.Core.Schemas.Examples;

/// <summary>Members between their place in a tree and the path that a table has for it: <c>options.size</c>, <c>faces[].box</c>.</summary>
internal static class RowNesting
{
    private const string Element = "[]";

    /// <summary>The last part of a path.</summary>
    public static string NameOf(string path)
    {
        var last = path[(path.LastIndexOf('.') + 1)..];
        return last.EndsWith(Element, StringComparison.Ordinal) ? last[..^2] : last;
    }

    /// <summary>Objects that no line declares are added where members need them.</summary>
    public static List<ApiParameter> Nest(IEnumerable<(string Path, ApiParameter Parameter)> rows)
    {
        var roots = new List<Draft>();
        foreach (var (path, parameter) in rows)
        {
            var (members, parts) = (roots, path.Split('.'));
            for (var i = 0; i < parts.Length; i++)
            {
                var isLast = i == parts.Length - 1;
                var name = parts[i].EndsWith(Element, StringComparison.Ordinal) ? parts[i][..^2] : parts[i];
                var draft = members.Find(known => known.Parameter.Name == name);
                if (draft is null || isLast)
                {
                    draft = new Draft(isLast ? parameter with { Name = name } : new ApiParameter { Name = name, Type = parts[i] == name ? ParameterTypes.Object : ParameterTypes.Array }, draft?.Members ?? []);
                    members.RemoveAll(known => known.Parameter.Name == name);
                    members.Add(draft);
                }

                members = draft.Members;
            }
        }

        return [.. roots.Select(Build)];
    }

    public static IEnumerable<(string Path, ApiParameter Parameter)> Flatten(IEnumerable<ApiParameter> parameters, string parent = "")
    {
        foreach (var parameter in parameters)
        {
            var path = parent + parameter.Name;
            yield return (path, parameter);
            var (members, mark) = parameter.Type == ParameterTypes.Array ? (parameter.Items?.Properties ?? [], "[].") : (parameter.Properties, ".");
            foreach (var member in Flatten(members, path + mark))
            {
                yield return member;
            }
        }
    }

    private static ApiParameter Build(Draft draft)
    {
        if (draft.Members.Count == 0)
        {
            return draft.Parameter;
        }

        List<ApiParameter> members = [.. draft.Members.Select(Build)];
        return draft.Parameter.Type == ParameterTypes.Array
            ? draft.Parameter with { Items = (draft.Parameter.Items ?? new ApiParameter()) with { Type = ParameterTypes.Object, Properties = members } }
            : draft.Parameter with { Type = ParameterTypes.Object, Properties = members };
    }

    private sealed record Draft(ApiParameter Parameter, List<Draft> Members);
}
