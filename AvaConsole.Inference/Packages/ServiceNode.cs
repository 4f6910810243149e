using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace AvaConsole.Inference.Packages;

/// <summary>A value as it was written, from YAML or JSON: a text, a list, or a mapping. Exactly one of the three is not null.</summary>
/// <param name="Line">From 1; 0 where lines mean nothing.</param>
internal sealed record ServiceNode(int Line, string? Text, IReadOnlyList<ServiceNode>? Items, IReadOnlyList<KeyValuePair<string, ServiceNode>>? Members)
{
    public static ServiceNode Of(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new(LineOf(node), null, null, mapping.Children
            .Where(pair => !IsNull(pair.Value))
            .Select(pair => KeyValuePair.Create((pair.Key as YamlScalarNode)?.Value ?? "", Of(pair.Value))).ToList()),
        YamlSequenceNode sequence => new(LineOf(node), null, sequence.Children.Select(Of).ToList(), null),
        _ => new(LineOf(node), (node as YamlScalarNode)?.Value ?? "", null, null),
    };

    public static ServiceNode Of(JsonNode? node) => node switch
    {
        JsonObject members => OfMembers(members.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, Of(pair.Value)))),
        JsonArray items => new(0, null, items.Select(Of).ToList(), null),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => new(0, value.GetValue<string>(), null, null),
        null => new(0, "", null, null),
        _ => new(0, node.ToJsonString(), null, null),
    };

    public static ServiceNode OfMembers(IEnumerable<KeyValuePair<string, ServiceNode>> members) => new(0, null, null, members.ToList());

    /// <summary>The member's value; null where there is none.</summary>
    public ServiceNode? Find(string name) => Members?.FirstOrDefault(pair => pair.Key == name).Value;

    // A member without a value is one that was left out.
    private static bool IsNull(YamlNode node) => node is YamlScalarNode { Value: null or "" or "null" or "~" };

    private static int LineOf(YamlNode node) => (int)node.Start.Line;
}
