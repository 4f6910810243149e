using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas;

namespace AvaConsole.Inference.Packages;

/// <summary>A mapping that becomes a record.</summary>
/// <param name="name">In the JSON Schema.</param>
/// <param name="shorthand">The member that a text without a mapping stands for; null for none.</param>
internal sealed class ServiceSection(string name, Type record, Lazy<IReadOnlyList<ServiceMember>> members, string? shorthand = null) : ServiceMemberType
{
    private const int ShownNames = 40;

    public string Name => name;

    public Type Record => record;

    public IReadOnlyList<ServiceMember> Members => members.Value;

    public override object? Read(ServiceNode node, string path, ServiceReader reader) => Read(node, path, reader, null);

    /// <param name="basis">A record of this type whose values stay where the node has no other; it is not changed.</param>
    public object? Read(ServiceNode node, string path, ServiceReader reader, object? basis)
    {
        if (node.Text is not null && shorthand is not null)
        {
            node = ServiceNode.OfMembers([KeyValuePair.Create(shorthand, node)]);
        }

        if (node.Members is null)
        {
            reader.Report(node, path, "package.service_field_not_mapping");
            return null;
        }

        var before = reader.Problems.Count;
        var result = Activator.CreateInstance(record)!;
        Copy(basis, result);
        foreach (var (written, value) in node.Members)
        {
            ReadMember(node, written, value, Join(path, written), reader, result);
        }

        foreach (var member in Members.Where(member => member.IsRequired && node.Find(member.Name) is null && basis is null))
        {
            reader.Report(node, Join(path, member.Name), "package.service_field_required");
        }

        if (reader.Problems.Count == before && result is IServiceRules rules)
        {
            ReportRules(rules, node, path, reader);
        }

        return reader.Problems.Count == before ? result : null;
    }

    public override JsonObject ToSchema(JsonObject definitions)
    {
        if (!definitions.ContainsKey(name))
        {
            definitions[name] = new JsonObject(); // Keeps a section that holds itself from coming here again.
            definitions[name] = ToOwnSchema(definitions);
        }

        var reference = new JsonObject { ["$ref"] = $"#/$defs/{name}" };
        return shorthand is null ? reference : new() { ["anyOf"] = new JsonArray(Find(shorthand)!.Type.ToSchema(definitions), reference) };
    }

    public JsonObject ToOwnSchema(JsonObject definitions)
    {
        var properties = new JsonObject();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        foreach (var member in Members)
        {
            // A member's own schema may be a bare reference; keywords beside one count in this dialect.
            var type = member.Type.ToSchema(definitions);
            type["description"] = member.Description;
            properties[member.Name] = type;
            if (member.Type is ServiceOutputs outputs)
            {
                schema["allOf"] = outputs.ToConditions(member.Name, definitions);
            }
        }

        if (Members.Where(member => member.IsRequired).Select(member => (JsonNode)member.Name).ToArray() is { Length: > 0 } required)
        {
            schema["required"] = new JsonArray(required);
        }

        return schema;
    }

    public ServiceMember? Find(string written) => Members.FirstOrDefault(member => member.Name == written);

    /// <summary>Nobody has such a member here.</summary>
    public static void ReportUnknown(ServiceNode value, string written, string path, IReadOnlyCollection<string> known, ServiceReader reader)
    {
        if (NearestName.Find(written, known) is { } near)
        {
            reader.Report(value, path, "package.service_field_near", near);
        }
        else
        {
            reader.Report(value, path, "package.service_field_unknown", string.Join(", ", known.Take(ShownNames)));
        }
    }

    private void ReadMember(ServiceNode node, string written, ServiceNode value, string path, ServiceReader reader, object result)
    {
        if (Find(written) is not { } member)
        {
            ReportUnknown(value, written, path, Members.Select(known => known.Name).ToList(), reader);
        }
        else if (Members.FirstOrDefault(other => other != member && other.Target.SequenceEqual(member.Target) && member.Target.Count > 0) is { } twin
            && node.Find(twin.Name) is not null)
        {
            reader.Report(value, path, "package.service_field_both", twin.Name);
        }
        else if ((member.Type is ServiceOutputs outputs ? outputs.Read(node, value, path, reader) : member.Type.Read(value, path, reader)) is { } read)
        {
            member.Set(result, read);
        }
    }

    private static void ReportRules(IServiceRules rules, ServiceNode node, string path, ServiceReader reader)
    {
        foreach (var (member, code, args) in rules.FindProblems())
        {
            reader.Report(node.Find(member) ?? node, Join(path, member), code, args);
        }
    }

    private static string Join(string path, string written) => path.Length == 0 ? written : $"{path}.{written}";

    private void Copy(object? basis, object result)
    {
        if (basis is not null)
        {
            foreach (var property in record.GetProperties().Where(property => property.CanWrite))
            {
                property.SetValue(result, property.GetValue(basis));
            }
        }
    }
}
