namespace AvaConsole.Core.Schemas.Lint;

/// <summary>Parameters, their members and elements: each is judged by the rules of its type.</summary>
internal static class ParameterLint
{
    /// <summary>Objects and arrays within one another. Requests may be 16 deep; the envelope takes some of that.</summary>
    private const int MaxDepth = 6;

    public static void CheckAll(LintSite<IReadOnlyList<ApiParameter>> list, IReadOnlyList<ApiParameter> parameters, HashSet<string> responseNames, LintSink sink)
    {
        CheckNames(list, parameters, sink);
        for (var i = 0; i < parameters.Count; i++)
        {
            var site = list.Element(i);

            // The gateway holds parameters and the wishes for each response entry in one object.
            if (responseNames.Contains(parameters[i].Name))
            {
                sink.Add("schema.name_taken_by_response", site.Member("Name"), null, parameters[i].Name);
            }

            IdentityLint.CheckDescription(site.Member("Description"), parameters[i].Description, sink);
            Check(site, parameters[i], 1, sink);
        }
    }

    /// <summary>What one parameter, member, element or JSON content says of its values.</summary>
    public static void Check(LintSite<ApiParameter> site, ApiParameter parameter, int depth, LintSink sink)
    {
        if (!ParameterTypes.All.Contains(parameter.Type))
        {
            // Whatever else it says cannot be judged without a type.
            TypeLint.CheckUnknown(site, parameter, sink);
            return;
        }

        TypeLint.CheckFormat(site, parameter, sink);
        BoundLint.Check(site, parameter, sink);
        LengthLint.Check(site, parameter, sink);
        PatternLint.Check(site, parameter, sink);
        ValueLint.Check(site, parameter, sink);
        CheckParts(site, parameter, depth, sink);
    }

    private static void CheckNames(LintSite<IReadOnlyList<ApiParameter>> list, IReadOnlyList<ApiParameter> parameters, LintSink sink) =>
        NameLint.Check(list, parameters, parameter => parameter.Name, (parameter, name) => parameter with { Name = name }, sink);

    private static void CheckParts(LintSite<ApiParameter> site, ApiParameter parameter, int depth, LintSink sink)
    {
        if (depth >= MaxDepth && (parameter.Properties.Count > 0 || parameter.Items is not null))
        {
            sink.Add("schema.too_deep", site.Field, null, MaxDepth);
            return;
        }

        CheckMembers(site, parameter, depth, sink);
        if (parameter.Items is { } items && parameter.Type == ParameterTypes.Array)
        {
            Check(site.OptionalPart("Items", now => now.Items, (now, part) => now with { Items = part }), items, depth + 1, sink);
        }
        else if (parameter.Items is not null)
        {
            sink.Add("schema.items_wrong_type", site.Member("Items"), site.Fix(now => now.Type == ParameterTypes.Array ? now : now with { Items = null }), parameter.Type);
        }
        else if (parameter.Type == ParameterTypes.Array)
        {
            sink.Add("schema.items_missing", site.Member("Items"), site.Fix(now => now is { Type: ParameterTypes.Array, Items: null } ? now with { Items = new ApiParameter() } : now));
        }
    }

    private static void CheckMembers(LintSite<ApiParameter> site, ApiParameter parameter, int depth, LintSink sink)
    {
        if (parameter.Type == ParameterTypes.Object)
        {
            var list = site.Part("Properties", now => now.Properties, (now, members) => now with { Properties = members });
            CheckNames(list, parameter.Properties, sink);
            for (var i = 0; i < parameter.Properties.Count; i++)
            {
                var member = list.Element(i);
                IdentityLint.CheckDescription(member.Member("Description"), parameter.Properties[i].Description, sink);
                Check(member, parameter.Properties[i], depth + 1, sink);
            }
        }
        else if (parameter.Properties.Count > 0)
        {
            sink.Add("schema.properties_wrong_type", site.Member("Properties"), site.Fix(now => now.Type == ParameterTypes.Object ? now : now with { Properties = [] }), parameter.Type);
        }

        if (parameter.Open && (parameter.Type != ParameterTypes.Object || parameter.Properties.Count == 0))
        {
            var fix = site.Fix(now => now.Type != ParameterTypes.Object || now.Properties.Count == 0 ? now with { Open = false } : now);
            sink.Add("schema.open_wrong_type", site.Member("Open"), fix);
        }
    }
}
