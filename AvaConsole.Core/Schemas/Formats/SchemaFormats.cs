using System.Text.RegularExpressions;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Tells formats apart by what only one of them has.</summary>
internal static partial class SchemaFormats
{
    private static readonly string[] s_gateway = ["meta", "schemainput", "schemaoutput"];
    private static readonly string[] s_schema = ["$schema", "$ref", "$defs", "definitions", "type", "properties", "allOf", "anyOf", "oneOf", "$id"];

    /// <summary>Null for none of them.</summary>
    public static SchemaFormat? Detect(SourceObject root) => root switch
    {
        _ when root["openapi"] is not null || root["swagger"] is not null => SchemaFormat.OpenApi,
        _ when root.Text("kind") == "ApiSchema" || root["spec"] is SourceObject => SchemaFormat.Ase,
        _ when s_gateway.Any(name => root[name] is SourceObject) => SchemaFormat.Webgate,
        _ when root["$schema"] is null && root["properties"] is SourceObject parts && parts["header"] is SourceObject && parts["payload"] is SourceObject => SchemaFormat.Webgate,
        _ when s_schema.Any(name => root[name] is not null) => SchemaFormat.JsonSchema,
        _ => null,
    };

    /// <summary>By its name; without one, by a line that only Python has.</summary>
    public static bool LooksLikePython(string text, string? fileName) =>
        fileName?.EndsWith(".py", StringComparison.OrdinalIgnoreCase) == true
        || (string.IsNullOrEmpty(Path.GetExtension(fileName)) && PythonLine().IsMatch(text));

    [GeneratedRegex(@"^(class [A-Za-z_]\w*[ \t]*(\([^)\n]*\))?:|from [\w.]+ import |import [\w.]+[ \t]*$)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PythonLine();
}
