using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Lint;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>What is wrong with a Dockerfile: the one engine behind the page and the command line. Nothing of it is run or fetched.</summary>
public static class DockerfileLint
{
    /// <summary>Rounds of <see cref="FixAll"/>: two fixes of one instruction go one after the other.</summary>
    private const int MaxRounds = 8;

    /// <summary>All findings at once, by their lines. Refused only where the text is too large to be a Dockerfile.</summary>
    public static Result<IReadOnlyList<DockerfileFinding>> Check(string text, DockerfileLintOptions? options = null)
    {
        var syntax = DockerfileSyntax.Parse(text);
        return syntax.IsSuccess ? Result(Check(syntax.Value, options ?? DockerfileLintOptions.Default)) : syntax.Error;
    }

    /// <summary>The text with everything mended that has one right way to mend it.</summary>
    public static string FixAll(string text, DockerfileLintOptions? options = null)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var fixes = Check(text, options).Value?.Select(finding => finding.Fix).OfType<DockerfileFix>().OrderByDescending(fix => fix.Line).DistinctBy(fix => fix.Line).ToList() ?? [];
            if (fixes.Count == 0)
            {
                break;
            }

            text = fixes.Aggregate(text, Apply);
        }

        return text;
    }

    /// <summary>The text with one finding mended.</summary>
    public static string Apply(string text, DockerfileFix fix)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        return string.Join('\n', lines[..(fix.Line - 1)].Append(fix.Text).Concat(lines[fix.EndLine..]));
    }

    /// <summary>True where one of the findings refuses the file.</summary>
    public static bool Refuses(IEnumerable<DockerfileFinding> findings) => findings.Any(finding => finding.Severity == LintSeverity.Error);

    private static Result<IReadOnlyList<DockerfileFinding>> Result(List<DockerfileFinding> findings) => findings;

    private static List<DockerfileFinding> Check(DockerfileSyntax syntax, DockerfileLintOptions options)
    {
        var sink = new DockerfileSink();
        TextLint.Check(syntax, sink);
        var instructions = syntax.Instructions.Where(instruction => !instruction.IsComment).ToList();
        var tags = BaseLint.Check(instructions, options, sink);
        foreach (var instruction in instructions)
        {
            InstructionLint.Check(instruction, sink);
            if (instruction is { Keyword: "RUN", Json: null })
            {
                RunLint.Check(instruction, tags.GetValueOrDefault(instruction), sink);
            }
        }

        StageLint.Check(instructions, sink);
        return [.. sink.Findings.OrderBy(finding => finding.Line)];
    }
}
