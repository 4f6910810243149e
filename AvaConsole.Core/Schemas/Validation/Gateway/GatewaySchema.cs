using System.Text.Json;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Gateway;

/// <summary>A schema of the gateway: the node that checks, and what it changes in a request.</summary>
internal sealed class GatewaySchema
{
    public SchemaNode Node { get; } = new() { Types = TypeMask.All };

    /// <summary>Schemas of members that are there: <c>properties</c>, <c>children</c>.</summary>
    public Dictionary<string, GatewaySchema> Members { get; } = new(StringComparer.Ordinal);

    public GatewaySchema? Items { get; set; }

    /// <summary>Keywords of this schema that its parent object acts on.</summary>
    public JsonElement? ConstVal { get; set; }

    public JsonElement? DefaultVal { get; set; }

    public string? ReplaceKey { get; set; }

    public string? FormatVal { get; set; }

    public List<(string Path, JsonElement Value)> Sets { get; } = [];

    public List<string> Deletes { get; } = [];

    /// <summary>Schemas of <c>allOf</c>.</summary>
    public List<GatewaySchema> All { get; } = [];

    /// <summary>Schemas of <c>anyOf</c> and <c>oneOf</c>, of which the first that fits acts.</summary>
    public List<List<GatewaySchema>> Any { get; } = [];

    public GatewaySchema? If { get; set; }

    public GatewaySchema? Then { get; set; }

    public GatewaySchema? Else { get; set; }

    /// <summary>The member that <c>case</c> is chosen by.</summary>
    public string? Switch { get; set; }

    public Dictionary<string, GatewaySchema> Cases { get; } = new(StringComparer.Ordinal);

    public GatewaySchema? Default { get; set; }
}
