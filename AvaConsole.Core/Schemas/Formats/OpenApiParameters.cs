using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Parameters that an operation takes beside its body: those of the query and the path become parameters, others are noted.</summary>
internal sealed class OpenApiParameters(SchemaResolver resolver, ParameterTree tree, ImportLog log)
{
    /// <param name="taken">Names that the body has.</param>
    public List<ApiParameter> Read(OpenApiOperation operation, HashSet<string> taken)
    {
        var parameters = new List<ApiParameter>();
        foreach (var node in Nodes(operation))
        {
            var (name, place) = (node.Text("name") ?? "", node.Text("in") ?? "");
            if (place is not ("query" or "path") || !taken.Add(name))
            {
                log.Add("import.parameter_dropped", node, name, place);
                continue;
            }

            log.Add("import.parameter_moved", node, name, place);
            parameters.Add(Parameter(name, node));
        }

        return parameters;
    }

    /// <summary>The operation's parameters, and those of its path that it does not replace.</summary>
    private List<SourceObject> Nodes(OpenApiOperation operation)
    {
        var nodes = new List<SourceObject>();
        foreach (var list in new[] { operation.Node["parameters"], operation.Item["parameters"] })
        {
            foreach (var node in (list as SourceArray)?.Items.Select(resolver.Follow).OfType<SourceObject>() ?? [])
            {
                if (!nodes.Exists(other => other.Text("name") == node.Text("name") && other.Text("in") == node.Text("in")))
                {
                    nodes.Add(node);
                }
            }
        }

        return nodes;
    }

    private ApiParameter Parameter(string name, SourceObject node)
    {
        var keywords = new KeywordReader(node, log);
        var schema = node["schema"] ?? ((node["content"] as SourceObject)?.Members is [{ Value: SourceObject media }, ..] ? media["schema"] : null);
        var parameter = schema is null ? new ApiParameter { Name = name } : tree.Read(name, schema, required: false);
        log.Unknown(node, "name", "in", "required", "description", "deprecated", "schema", "content", "example", "examples", "style", "explode", "allowReserved", "allowEmptyValue");
        return parameter with
        {
            Required = keywords.Flag("required"),
            Deprecated = parameter.Deprecated || keywords.Flag("deprecated"),
            Description = parameter.Description.Length > 0 ? parameter.Description : keywords.Text("description"),
            Example = parameter.Example.Length > 0 || node["example"] is not { } example ? parameter.Example : ParameterValues.Text(example),
        };
    }
}
