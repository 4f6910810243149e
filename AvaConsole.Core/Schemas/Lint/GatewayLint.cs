using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>What the gateway's schema.json cannot say, as its writer refuses it, and members of <c>meta</c> that only the gateway reads.</summary>
internal static class GatewayLint
{
    public static void Check(ApiSchema schema, LintSink sink)
    {
        foreach (var refusal in GatewayRefusals.Find(schema).Where(refusal => refusal.Code.StartsWith("export.", StringComparison.Ordinal)))
        {
            sink.Add(refusal.Code, refusal.Field, null, [.. refusal.Args]);
        }

        CheckSettings(schema.Gateway, sink);
    }

    private static void CheckSettings(GatewaySettings gateway, LintSink sink)
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
}
