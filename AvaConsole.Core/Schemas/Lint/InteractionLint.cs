namespace AvaConsole.Core.Schemas.Lint;

/// <summary>How a call travels, and whether the document has what that needs.</summary>
internal static class InteractionLint
{
    public static void Check(ApiSchema schema, LintSink sink)
    {
        if (!Interactions.All.Contains(schema.Interaction))
        {
            var fix = LintSite.Root.Fix(now => Interactions.All.Contains(now.Interaction)
                ? now
                : now with { Interaction = NearestName.Find(now.Interaction, [.. Interactions.All]) ?? Interactions.Once });
            sink.Add("schema.interaction_unknown", "Interaction", fix, schema.Interaction);
        }
        else if (schema.Interaction == Interactions.Stream && schema.Payload.Count == 0)
        {
            sink.Add("schema.stream_needs_payload", "Interaction", LintSite.Root.Fix(now => now.Payload.Count == 0 ? now with { Interaction = Interactions.Once } : now));
        }

        if (schema.Response.Count == 0)
        {
            sink.Add("schema.response_missing", "Response", null);
        }
    }
}
