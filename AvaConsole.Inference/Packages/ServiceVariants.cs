using System.Text.Json.Nodes;

namespace AvaConsole.Inference.Packages;

/// <summary><c>input</c>: its section is the one that <c>kind</c> names, else the one that has most of the members that are there.</summary>
internal sealed class ServiceInputs(ServiceSection unknown, IReadOnlyDictionary<string, ServiceSection> kinds) : ServiceMemberType
{
    public const string KindName = "kind";

    public IReadOnlyDictionary<string, ServiceSection> Kinds => kinds;

    public override object? Read(ServiceNode node, string path, ServiceReader reader)
    {
        if (node.Find(KindName)?.Text is { } kind)
        {
            if (kinds.TryGetValue(kind, out var named))
            {
                return named.Read(node, path, reader);
            }

            reader.Report(node.Find(KindName)!, $"{path}.{KindName}", "package.service_field_choice", EntryName.Show(kind), string.Join(", ", kinds.Keys));
            return null;
        }

        return Likely(node) is { } likely ? likely.Read(node, path, reader) : ReadUnknown(node, path, reader);
    }

    public override JsonObject ToSchema(JsonObject definitions)
    {
        definitions["input"] ??= new JsonObject { ["anyOf"] = new JsonArray([.. kinds.Values.Prepend(unknown).Select(section => (JsonNode)section.ToSchema(definitions))]) };
        return new() { ["$ref"] = "#/$defs/input" };
    }

    /// <summary>The first of those with most members that only they have; null where none has any.</summary>
    private ServiceSection? Likely(ServiceNode node)
    {
        var own = (node.Members ?? []).Where(member => unknown.Find(member.Key) is null).Select(member => member.Key).ToList();
        var best = kinds.Values.MaxBy(section => own.Count(name => section.Find(name) is not null));
        return best is not null && own.Exists(name => best.Find(name) is not null) ? best : null;
    }

    private object? ReadUnknown(ServiceNode node, string path, ServiceReader reader)
    {
        var known = kinds.Values.SelectMany(section => section.Members).Select(member => member.Name).Distinct().ToList();
        var strangers = (node.Members ?? []).Where(member => unknown.Find(member.Key) is null).ToList();
        strangers.ForEach(member => ServiceSection.ReportUnknown(member.Value, member.Key, $"{path}.{member.Key}", known, reader));
        return strangers.Count == 0 ? unknown.Read(node, path, reader) : null;
    }
}

/// <summary>The same as a list of one.</summary>
internal sealed class ServiceSingle(ServiceInputs inner) : ServiceMemberType
{
    public override object? Read(ServiceNode node, string path, ServiceReader reader) =>
        inner.Read(node, path, reader) is InputDescription read ? new[] { read } : null;

    public override JsonObject ToSchema(JsonObject definitions) => inner.ToSchema(definitions);
}

/// <summary><c>output</c>: its section is the one of the mapping's <c>pipeline</c>.</summary>
internal sealed class ServiceOutputs(IReadOnlyDictionary<PipelineKind, ServiceSection> kinds) : ServiceMemberType
{
    private const PipelineKind Default = PipelineKind.Classification;

    public IReadOnlyDictionary<PipelineKind, ServiceSection> Kinds => kinds;

    /// <param name="parent">The mapping that it is in.</param>
    public object? Read(ServiceNode parent, ServiceNode node, string path, ServiceReader reader)
    {
        var pipeline = parent.Find("pipeline")?.Text;
        var kind = Default;
        if (pipeline is not null && !Enum.TryParse(pipeline, ignoreCase: true, out kind))
        {
            return null; // Which members it may have is not known; the pipeline itself is reported.
        }

        if (kinds.TryGetValue(kind, out var section))
        {
            return section.Read(node, path, reader);
        }

        reader.Report(node, path, "package.service_field_not_here", pipeline);
        return null;
    }

    public override object? Read(ServiceNode node, string path, ServiceReader reader) => kinds[Default].Read(node, path, reader);

    public override JsonObject ToSchema(JsonObject definitions) => new() { ["type"] = "object" };

    /// <summary>One condition for each pipeline.</summary>
    public JsonArray ToConditions(string name, JsonObject definitions)
    {
        var conditions = new JsonArray();
        foreach (var kind in Enum.GetValues<PipelineKind>())
        {
            var pipeline = new JsonObject { ["const"] = kind.ToString().ToLowerInvariant() };
            JsonNode output = kinds.TryGetValue(kind, out var section) ? section.ToSchema(definitions) : false;
            var when = new JsonObject { ["properties"] = new JsonObject { ["pipeline"] = pipeline } };
            if (kind != Default)
            {
                when["required"] = new JsonArray("pipeline");
            }

            conditions.Add(new JsonObject { ["if"] = when, ["then"] = new JsonObject { ["properties"] = new JsonObject { [name] = output } } });
        }

        return conditions;
    }
}
