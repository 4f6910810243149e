using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Reads ASE's <c>kind: ApiSchema</c>, the published sample's mistakes with a note each.</summary>
internal sealed class AseReader(ImportLog log)
{
    private static readonly string[] s_metadata =
        ["name", "group", "region", "projectName", "serviceName", "version", "configFilename", "title", "description", "creationTimestamp"];

    private readonly ParameterTree _tree = new(SchemaDialect.Ase, resolver: null, log);

    public static ImportedSchema Read(SourceObject root)
    {
        var log = new ImportLog();
        return new ImportedSchema(new AseReader(log).Document(root), SchemaFormat.Ase, log.Notes);
    }

    private ApiSchema Document(SourceObject root)
    {
        log.Unknown(root, "apiVersion", "kind", "metadata", "spec");
        if (root.Text("apiVersion") is { } version && version != AseYaml.ApiVersion)
        {
            log.Add("import.ase_api_version", root["apiVersion"]!, version, AseYaml.ApiVersion);
        }

        var spec = Object(root, "spec");
        log.Unknown(spec, "interaction", "gateway", "request", "response");
        var (request, response) = (Spelled(Object(spec, "request"), "parameters", "payload"), Spelled(Object(spec, "response"), "payload"));
        var interaction = new KeywordReader(spec, log).Text("interaction");
        var metadata = Spelled(Object(root, "metadata"), s_metadata);
        var schema = Metadata(metadata) with
        {
            Interaction = interaction.Length > 0 ? interaction : Interactions.Once,
            Gateway = AseGateway.Read(spec["gateway"], log),
            Parameters = Parameters(Object(request, "parameters")),
            Payload = Entries(Object(request, "payload")),
            Response = Entries(Object(response, "payload")),
        };
        NoteDerived(schema, metadata);
        return schema;
    }

    private ApiSchema Metadata(SourceObject metadata)
    {
        var keywords = new KeywordReader(metadata, log);
        var model = new ApiSchema();
        var service = keywords.Text("serviceName");
        if (metadata["creationTimestamp"] is { } created and not SourceValue { Kind: SourceKind.Null })
        {
            log.Add("import.member_unknown", created, "creationTimestamp", ImportLog.Shown(created));
        }

        return model with
        {
            Group = metadata["group"] is null ? model.Group : keywords.Text("group"),
            Project = metadata["projectName"] is null ? model.Project : keywords.Text("projectName"),
            Region = keywords.Text("region"),
            Service = service.Length > 0 ? service : keywords.Text("name"),
            Version = metadata["version"] is null ? model.Version : keywords.Text("version"),
            Title = keywords.Text("title"),
            Description = keywords.Text("description"),
        };
    }

    /// <summary>Two names of files follow from the rest; where the document has others, they are not kept.</summary>
    private void NoteDerived(ApiSchema schema, SourceObject metadata)
    {
        if (metadata["name"] is SourceValue { Kind: not SourceKind.Null } name && name.Text != schema.Service)
        {
            log.Add("import.ase_derived", name, "name", name.Text, schema.Service);
        }

        if (metadata["configFilename"] is SourceValue { Kind: not SourceKind.Null } file && file.Text != GatewaySchemaJson.FileName(schema))
        {
            log.Add("import.ase_derived", file, "configFilename", file.Text, GatewaySchemaJson.FileName(schema));
        }
    }

    private IReadOnlyList<ApiParameter> Parameters(SourceObject node)
    {
        log.Unknown(node, "properties", "required", "type");
        return _tree.View(node, []) is { } view ? _tree.Members(view) : [];
    }

    private List<PayloadEntry> Entries(SourceObject node)
    {
        log.Unknown(node, "properties", "required", "type");
        var required = new KeywordReader(node, log).Words("required");
        var entries = new List<PayloadEntry>();
        foreach (var (name, line, value) in Object(node, "properties").Members)
        {
            if (value is SourceObject entry)
            {
                entries.Add(new AseEntry(log, _tree).Read(name, entry, required.Contains(name)));
            }
            else
            {
                log.Add("import.value_dropped", value.Pointer, line, name, ImportLog.Shown(value));
            }
        }

        foreach (var name in required.Where(name => entries.All(entry => entry.Name != name)))
        {
            log.Add("import.required_unknown", node["required"]!, name);
        }

        return entries;
    }

    /// <summary>The object with its members' names put right; what is not even nearly one of them is noted.</summary>
    private SourceObject Spelled(SourceObject node, params IReadOnlyCollection<string> known)
    {
        var members = new List<SourceMember>();
        foreach (var member in node.Members)
        {
            var name = known.Contains(member.Name) ? member.Name : AseSpelling.Member(member.Name, known);
            if (name is null || (name != member.Name && node[name] is not null))
            {
                log.Add("import.member_unknown", member.Value.Pointer, member.Line, member.Name, ImportLog.Shown(member.Value));
                continue;
            }

            if (name != member.Name)
            {
                log.Add("import.ase_spelling", member.Value.Pointer, member.Line, member.Name, name);
            }

            members.Add(member with { Name = name });
        }

        return new SourceObject(node.Pointer, node.Line, [.. members.DistinctBy(member => member.Name)]);
    }

    private SourceObject Object(SourceObject parent, string name)
    {
        switch (parent[name])
        {
            case SourceObject value:
                return value;
            case null or SourceValue { Kind: SourceKind.Null }:
                break;
            case var other:
                log.Add("import.value_dropped", other, name, ImportLog.Shown(other));
                break;
        }

        return new SourceObject(SourceNode.Child(parent.Pointer, name), parent.Line, []);
    }
}
