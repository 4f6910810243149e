using System.Text;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>Collects findings with the severity that the project gave their rules.</summary>
internal sealed class LintSink(LintSettings settings)
{
    private readonly List<LintFinding> _findings = [];

    public IReadOnlyList<LintFinding> Findings => _findings;

    public void Add(string rule, string field, Func<ApiSchema, ApiSchema>? mended, params object?[] args)
    {
        var severity = settings.SeverityOf(rule);
        if (severity != LintSeverity.Off)
        {
            _findings.Add(new LintFinding(rule, severity, field, PointerOf(field), args, mended));
        }
    }

    /// <summary><c>Parameters[2].Properties[0].Minimum</c> → <c>/parameters/2/properties/0/minimum</c>.</summary>
    internal static string PointerOf(string field)
    {
        var pointer = new StringBuilder(field.Length + 1);
        foreach (var part in field.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            pointer.Append('/').Append(char.ToLowerInvariant(part[0])).Append(part, 1, part.Length - 1);
        }

        return pointer.ToString();
    }
}
