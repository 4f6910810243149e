using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility;
using AvaConsole.Core.Schemas.Compatibility.Schemas;

namespace AvaConsole.Tests.Core.Schemas.Compatibility.Schemas;

/// <summary>Two schemas at one place, and the rules that the change between them is under.</summary>
internal static class SchemaCase
{
    /// <summary>Day that sunset dates are compared with.</summary>
    private static readonly DateOnly s_today = new(2026, 11, 21);

    /// <summary>Rule ids found between two schemas, sorted; JSON with single quotes, components beside the schema if it has references.</summary>
    public static string Compare(string place, string from, string to, string components = "{}", string? newComponents = null)
    {
        var sink = new ChangeSink(new CompatibilityOptions { Today = s_today });
        var old = View(from, components);
        var now = View(to, newComponents ?? components);
        new SchemaComparer().Compare(Site(place), old, now, sink);
        return string.Join(' ', sink.Changes.Select(change => change.Id).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>An object whose one property has the schema.</summary>
    public static string Property(string schema) => $"{{'type':'object','properties':{{'x':{schema}}}}}";

    public static SchemaView? View(string schema, string components = "{}")
    {
        var document = JsonNode.Parse($"{{'schema':{schema},'components':{{'schemas':{components}}}}}".Replace('\'', '"'))!;
        return new SchemaViews(new ReferenceResolver(document)).View(document["schema"]);
    }

    private static SchemaSite Site(string place) => place switch
    {
        "request" => new SchemaSite(SchemaPlace.RequestBody, "/p", "POST", "") { MediaType = "application/json" },
        "request-xml" => new SchemaSite(SchemaPlace.RequestBody, "/p", "POST", "") { MediaType = "application/xml" },
        "request-charset" => new SchemaSite(SchemaPlace.RequestBody, "/p", "POST", "") { MediaType = "application/json; charset=utf-8" },
        "request-json-charset" => new SchemaSite(SchemaPlace.RequestBody, "/p", "POST", "") { MediaType = "application/json; charset=utf-8" },
        "response-json-charset" => new SchemaSite(SchemaPlace.ResponseBody, "/p", "POST", "") { MediaType = "application/json; charset=utf-8", Status = "200" },
        "response" => new SchemaSite(SchemaPlace.ResponseBody, "/p", "POST", "") { MediaType = "application/json", Status = "200" },
        "response-xml" => new SchemaSite(SchemaPlace.ResponseBody, "/p", "POST", "") { MediaType = "application/xml", Status = "200" },
        "query" => new SchemaSite(SchemaPlace.RequestParameter, "/p", "GET", "") { ParameterIn = "query", ParameterName = "q", IsExplodedForm = true },
        "path" => new SchemaSite(SchemaPlace.RequestParameter, "/p", "GET", "") { ParameterIn = "path", ParameterName = "id", IsRequiredParameter = true },
        "header" => new SchemaSite(SchemaPlace.RequestParameter, "/p", "GET", "") { ParameterIn = "header", ParameterName = "h" },
        _ => new SchemaSite(SchemaPlace.ResponseHeader, "/p", "GET", "") { ParameterName = "h", Status = "200" },
    };
}
