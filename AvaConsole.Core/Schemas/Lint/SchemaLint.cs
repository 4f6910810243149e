using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>
/// What is wrong with a document: the one engine behind the page, the command line and the release gate. All findings at once.
/// </summary>
public static class SchemaLint
{
    internal const int MaxMembers = 200;

    /// <summary>Rounds of <see cref="FixAll"/>: a mended type reveals what was hidden behind it, a few times over at most.</summary>
    private const int MaxRounds = 8;

    /// <param name="settings">Null for the rules as they come.</param>
    public static IReadOnlyList<LintFinding> Check(ApiSchema schema, LintSettings? settings = null)
    {
        var sink = new LintSink(settings ?? LintSettings.Default);
        IdentityLint.Check(schema, sink);
        InteractionLint.Check(schema, sink);
        var output = schema.Response.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var parameters = LintSite.Root.Part(nameof(ApiSchema.Parameters), whole => whole.Parameters, (whole, list) => whole with { Parameters = list });
        ParameterLint.CheckAll(parameters, schema.Parameters, output, sink);
        PayloadLint.CheckAll(LintSite.Root.Part(nameof(ApiSchema.Payload), whole => whole.Payload, (whole, list) => whole with { Payload = list }), schema.Payload, sink);
        PayloadLint.CheckAll(LintSite.Root.Part(nameof(ApiSchema.Response), whole => whole.Response, (whole, list) => whole with { Response = list }), schema.Response, sink);
        GatewayLint.Check(schema, sink);
        return sink.Findings;
    }

    /// <summary>The findings that refuse a version, as problems.</summary>
    public static IReadOnlyList<Problem> Errors(IEnumerable<LintFinding> findings) =>
        [.. findings.Where(finding => finding.Severity == LintSeverity.Error).Select(finding => new Problem(finding.Field, finding.Rule, [.. finding.Args]))];

    /// <summary>The document with everything mended that has one right way to mend it.</summary>
    public static ApiSchema FixAll(ApiSchema schema, LintSettings? settings = null)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var before = schema;
            // From the end: what a fix takes out of a list then moves no place that is still to be mended.
            foreach (var finding in Check(schema, settings).Reverse())
            {
                schema = finding.Fixed?.Invoke(schema) ?? schema;
            }

            if (ReferenceEquals(before, schema))
            {
                break;
            }
        }

        return schema;
    }
}
