using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>Components that came, went or changed: schemas and security schemes.</summary>
internal static class ComponentCheck
{
    public static void Check(ApiDocument from, ApiDocument to, ChangeSink sink)
    {
        foreach (var name in from.ComponentNames("schemas").Except(to.ComponentNames("schemas")))
        {
            sink.Add("api-schema-removed", "", "", JsonPointer.Of("/components/schemas", name), name);
        }

        var before = new Dictionary<string, JsonObject>(from.Components("securitySchemes"), StringComparer.Ordinal);
        var after = new Dictionary<string, JsonObject>(to.Components("securitySchemes"), StringComparer.Ordinal);
        foreach (var name in after.Keys.Except(before.Keys))
        {
            Add(sink, "api-security-component-added", name);
        }

        foreach (var name in before.Keys.Except(after.Keys))
        {
            Add(sink, "api-security-component-removed", name);
        }

        foreach (var name in before.Keys.Intersect(after.Keys))
        {
            Compare(sink, name, before[name], after[name]);
        }
    }

    private static void Compare(ChangeSink sink, string name, JsonObject from, JsonObject to)
    {
        if (from.Text("type") != to.Text("type"))
        {
            Add(sink, "api-security-component-type-changed", name, from.Text("type"), to.Text("type"));
        }

        if ((from["flows"] as JsonObject)?["implicit"] is JsonObject before && (to["flows"] as JsonObject)?["implicit"] is JsonObject after)
        {
            CompareUrl(sink, "api-security-component-oauth-url-changed", name, before.Text("authorizationUrl"), after.Text("authorizationUrl"));
            CompareUrl(sink, "api-security-component-oauth-token-url-changed", name, before.Text("tokenUrl"), after.Text("tokenUrl"));
            CompareScopes(sink, name, before["scopes"] as JsonObject ?? [], after["scopes"] as JsonObject ?? []);
        }
    }

    private static void CompareUrl(ChangeSink sink, string id, string name, string from, string to)
    {
        if (from != to)
        {
            Add(sink, id, name, from, to);
        }
    }

    private static void CompareScopes(ChangeSink sink, string name, JsonObject from, JsonObject to)
    {
        foreach (var (scope, _) in to.Where(entry => !from.ContainsKey(entry.Key)))
        {
            Add(sink, "api-security-component-oauth-scope-added", name, scope);
        }

        foreach (var (scope, meaning) in from)
        {
            if (!to.ContainsKey(scope))
            {
                Add(sink, "api-security-component-oauth-scope-removed", name, scope);
            }
            else if (!JsonNode.DeepEquals(meaning, to[scope]))
            {
                Add(sink, "api-security-component-oauth-scope-changed", name, from.Text(scope), to.Text(scope), scope);
            }
        }
    }

    private static void Add(ChangeSink sink, string id, string name, params string[] args) =>
        sink.Add(id, "", "", JsonPointer.Of("/components/securitySchemes", name), [name, .. args]);
}
