using System.Text.Json;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>What the gateway's schema.json cannot say: a keyword that its validator does not know makes the whole file fail to load.</summary>
internal static class GatewayLint
{
    public static void Check(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        if (parameter.ExclusiveMinimum is { } lower)
        {
            sink.Add("schema.gateway_keyword", site.Member("ExclusiveMinimum"), parameter.Type == ParameterTypes.Integer && IsWhole(lower) ? site.Fix(WithMinimum) : null, "exclusiveMinimum");
        }

        if (parameter.ExclusiveMaximum is { } upper)
        {
            sink.Add("schema.gateway_keyword", site.Member("ExclusiveMaximum"), parameter.Type == ParameterTypes.Integer && IsWhole(upper) ? site.Fix(WithMaximum) : null, "exclusiveMaximum");
        }

        if (parameter.UniqueItems)
        {
            sink.Add("schema.gateway_keyword", site.Member("UniqueItems"), null, "uniqueItems");
        }
    }

    public static void Check(LintSite<PayloadEntry> site, PayloadEntry entry, LintSink sink)
    {
        if (entry.Type == PayloadTypes.Tensor)
        {
            sink.Add("schema.gateway_type", site.Member("Type"), null, entry.Type);
        }
    }

    // For integers the next one, inclusive, says the same.
    private static ApiParameter WithMinimum(ApiParameter now) =>
        now is { Type: ParameterTypes.Integer, ExclusiveMinimum: { } bound } && IsWhole(bound)
            ? now with { ExclusiveMinimum = null, Minimum = now.Minimum > bound + 1 ? now.Minimum : bound + 1 }
            : now;

    private static ApiParameter WithMaximum(ApiParameter now) =>
        now is { Type: ParameterTypes.Integer, ExclusiveMaximum: { } bound } && IsWhole(bound)
            ? now with { ExclusiveMaximum = null, Maximum = now.Maximum < bound - 1 ? now.Maximum : bound - 1 }
            : now;

    // Beyond this the next integer is not a decimal any more.
    private static bool IsWhole(decimal bound) => ParameterText.IsInteger(bound) && Math.Abs(bound) < long.MaxValue;
}

/// <summary>Members of <c>meta</c> that only the gateway reads.</summary>
internal static class GatewaySettingsLint
{
    public static void Check(GatewaySettings gateway, LintSink sink)
    {
        var site = LintSite.Root.Part(nameof(ApiSchema.Gateway), now => now.Gateway, (now, value) => now with { Gateway = value });
        for (var i = 0; i < gateway.Routes.Count; i++)
        {
            if (!gateway.Routes[i].StartsWith('/'))
            {
                sink.Add("schema.gateway_route_invalid", site.Member($"Routes[{i}]"), site.Fix(WithSlashes), gateway.Routes[i]);
            }
        }

        CheckTimeout(site, "SessionTimeout", gateway.SessionTimeout, now => now.SessionTimeout <= 0 ? now with { SessionTimeout = null } : now, sink);
        CheckTimeout(site, "ReadTimeout", gateway.ReadTimeout, now => now.ReadTimeout <= 0 ? now with { ReadTimeout = null } : now, sink);
        if (gateway.Extra.Length > 0 && !IsObject(gateway.Extra))
        {
            sink.Add("schema.gateway_extra_invalid", site.Member("Extra"), null);
        }
    }

    private static void CheckTimeout(LintSite<GatewaySettings> site, string member, int? value, Func<GatewaySettings, GatewaySettings> remove, LintSink sink)
    {
        if (value <= 0)
        {
            sink.Add("schema.gateway_timeout_invalid", site.Member(member), site.Fix(remove), value);
        }
    }

    private static GatewaySettings WithSlashes(GatewaySettings now) => now.Routes.All(route => route.StartsWith('/'))
        ? now
        : now with { Routes = [.. now.Routes.Select(route => route.StartsWith('/') ? route : "/" + route.Trim())] };

    private static bool IsObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
