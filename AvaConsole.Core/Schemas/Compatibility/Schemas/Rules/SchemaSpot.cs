using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Rules;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Rules;

/// <summary>Which side of a schema a rule reads: a recognised shift explains whole kinds away.</summary>
internal enum ChangeKind
{
    Existence,
    Requiredness,
    Mutability,
    Lifecycle,
    Type,
    Values,
    Constraints,
    Structure,
}

/// <summary>
/// One place whose rules are asked: a body, parameter or header itself, or a place within it. Rule ids are composed from the place and the change
/// (<c>request-property</c> + <c>max-increased</c>); what the table has no rule for is no change.
/// </summary>
internal sealed class SchemaSpot(SchemaSite site, SchemaDelta delta, SchemaStep? step, SchemaDiffer differ, ChangeSink sink)
{
    public SchemaSite Site => site;

    public SchemaDelta Delta => delta;

    public SchemaNode From => delta.From;

    public SchemaNode To => delta.To;

    public SchemaDiffer Differ => differ;

    public CompatibilityOptions Options => sink.Options;

    /// <summary>The schema itself, not a place within it.</summary>
    public bool IsRoot => step is null;

    public bool IsRequest => site.IsRequest;

    public bool IsBody => site.Place is SchemaPlace.RequestBody or SchemaPlace.ResponseBody;

    /// <summary>The step that led here; null at the root.</summary>
    public SchemaStep? Step => step;

    /// <summary>The property's path; empty at the root.</summary>
    public string Name => step?.FullName ?? "";

    public string Pointer => step?.Pointer ?? site.Pointer;

    /// <summary>A property that requests leave out.</summary>
    public bool IsReadOnlyInRequest => !IsRoot && site.Place == SchemaPlace.RequestBody && To.IsReadOnly;

    /// <summary>A property that responses leave out.</summary>
    public bool IsWriteOnlyInResponse => !IsRoot && site.Place == SchemaPlace.ResponseBody && To.IsWriteOnly;

    private string Prefix => site.Place switch
    {
        SchemaPlace.RequestBody => IsRoot ? "request-body" : "request-property",
        SchemaPlace.ResponseBody => IsRoot ? "response-body" : "response-property",
        SchemaPlace.RequestParameter => IsRoot ? "request-parameter" : "request-parameter-property",
        _ => IsRoot ? "response-header" : "response-header-property",
    };

    /// <summary>Reports a change of this place, unless it is but the trace of a shift, or there is no such rule.</summary>
    public void Report(ChangeKind kind, string change, JsonNode? from = null, JsonNode? to = null) => Report(kind, change, Text(from), Text(to));

    /// <inheritdoc cref="Report(ChangeKind, string, JsonNode, JsonNode)"/>
    public void Report(ChangeKind kind, string change, string from, string to, string? id = null)
    {
        if (!ShiftClaims.Cover(this, kind, change))
        {
            ReportAs(id ?? $"{Prefix}-{change}", from, to);
        }
    }

    /// <summary>Reports under an id of its own, whatever shifts there are.</summary>
    public void ReportAs(string id, string from = "", string to = "", string? name = null)
    {
        if (RuleTable.Find(id) is not null)
        {
            sink.Add(id, site.Path, site.Operation, Pointer, Subject(name ?? Name), from, to, Where());
        }
    }

    /// <summary>Whether the table has the rule.</summary>
    public static bool HasRule(string id) => RuleTable.Find(id) is not null;

    internal static string Text(JsonNode? value) => value is JsonValue word && word.TryGetValue<string>(out var text) ? text : value?.ToJsonString() ?? "";

    private string Subject(string name) => site.ParameterName.Length == 0 ? name : SchemaWalk.Join(site.ParameterName, name);

    private string Where() => site.Place switch
    {
        SchemaPlace.RequestParameter => site.ParameterIn,
        SchemaPlace.RequestBody => site.MediaType,
        _ => site.Status,
    };
}
