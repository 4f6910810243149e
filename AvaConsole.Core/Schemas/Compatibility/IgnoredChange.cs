using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Compatibility.Rules;

namespace AvaConsole.Core.Schemas.Compatibility;

/// <summary>A change that a project knows of and accepts.</summary>
/// <param name="Id">Rule id; <c>*</c> for any.</param>
/// <param name="Operation">HTTP method in capitals; <c>*</c> for any.</param>
/// <param name="Path">Path as the base spells it; <c>*</c> for any, <c>/orders/*</c> for all that begin so.</param>
public sealed record IgnoredChange(string Id, string Operation = "*", string Path = "*")
{
    /// <summary>Whether a change is meant.</summary>
    public bool Covers(string id, string path, string operation) =>
        (Id == "*" || Id == id) && (Operation == "*" || Operation == operation) && CoversPath(path);

    /// <summary>
    /// Reads a file with one change a line, <c>request-parameter-removed GET /orders</c>: a rule id, then the method and the path where they matter.
    /// Lines that are empty or begin with # say nothing.
    /// </summary>
    public static Result<IReadOnlyList<IgnoredChange>> Parse(string text)
    {
        var ignored = new List<IgnoredChange>();
        var problems = new List<Problem>();
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            if (words.Length > 3 || (words[0] != "*" && RuleTable.Find(words[0]) is null))
            {
                problems.Add(new Problem($"{index + 1}", "compatibility.ignored_line", index + 1, words[0]));
                continue;
            }

            ignored.Add(new IgnoredChange(words[0], words.ElementAtOrDefault(1)?.ToUpperInvariant() ?? "*", words.ElementAtOrDefault(2) ?? "*"));
        }

        return problems.Count > 0 ? new InvalidError(problems) : ignored;
    }

    private bool CoversPath(string path) => Path.EndsWith('*') ? path.StartsWith(Path[..^1], StringComparison.Ordinal) : Path == path;
}
