using System.Text.Json.Nodes;

namespace AvaConsole.Inference.Packages;

/// <summary>A list, as an array of the element's type.</summary>
internal sealed class ServiceList(ServiceMemberType inner, Type element, bool oneOrMany, int maximum) : ServiceMemberType
{
    public override object? Read(ServiceNode node, string path, ServiceReader reader)
    {
        var items = node.Items ?? (oneOrMany && node.Text is not null ? [node] : null);
        if (items is null || items.Count == 0 || items.Count > maximum)
        {
            reader.Report(node, path, items is null ? "package.service_field_not_list" : "package.service_field_items", items?.Count, maximum);
            return null;
        }

        var values = Array.CreateInstance(element, items.Count);
        var complete = true;
        for (var index = 0; index < items.Count; index++)
        {
            var value = inner.Read(items[index], node.Items is null ? path : $"{path}[{index}]", reader);
            complete &= value is not null;
            values.SetValue(value, index);
        }

        return complete ? values : null;
    }

    public override JsonObject ToSchema(JsonObject definitions)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = inner.ToSchema(definitions), ["minItems"] = 1, ["maxItems"] = maximum };
        return oneOrMany ? new() { ["anyOf"] = new JsonArray(inner.ToSchema(definitions), list) } : list;
    }
}

/// <summary>A mapping with names that the file chooses.</summary>
internal sealed class ServiceMap<T>(ServiceMemberType inner, int maximum) : ServiceMemberType
    where T : class
{
    public override object? Read(ServiceNode node, string path, ServiceReader reader)
    {
        if (node.Members is not { Count: > 0 } members || members.Count > maximum)
        {
            reader.Report(node, path, node.Members is null ? "package.service_field_not_mapping" : "package.service_field_items", node.Members?.Count, maximum);
            return null;
        }

        var values = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, value) in members)
        {
            if (name.Length is 0 or > ServiceText.MaxLength)
            {
                reader.Report(value, $"{path}.{name}", "package.service_field_length", name.Length, ServiceText.MaxLength);
            }
            else if (inner.Read(value, $"{path}.{name}", reader) is T read)
            {
                values[name] = read;
            }
        }

        return values.Count == members.Count ? values : null;
    }

    public override JsonObject ToSchema(JsonObject definitions) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = inner.ToSchema(definitions),
        ["propertyNames"] = new JsonObject { ["minLength"] = 1, ["maxLength"] = ServiceText.MaxLength },
        ["minProperties"] = 1,
        ["maxProperties"] = maximum,
    };
}
