using AvaConsole.Core.Common;

namespace AvaConsole.Inference.Packages;

/// <summary>Collects what is wrong with one <c>service.yaml</c> or one release's <c>custom_values</c>.</summary>
/// <param name="source">What the problems' fields and texts start with.</param>
internal sealed class ServiceReader(string source)
{
    // A file of thousands of mistakes is not corrected from one list.
    private const int MaxProblems = 50;

    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    /// <param name="path">For example <c>inputs[0].width</c>.</param>
    /// <param name="code">Its text's <c>{0}</c> is the place (<c>service.yaml:3</c>), <c>{1}</c> the path; the args follow.</param>
    public void Report(ServiceNode node, string path, string code, params object?[] args)
    {
        if (_problems.Count < MaxProblems)
        {
            var place = node.Line > 0 ? $"{source}:{node.Line}" : source;
            _problems.Add(new Problem($"{source}:{EntryName.Show(path)}", code, [place, EntryName.Show(path), .. args]));
        }
    }

    public static string Show(ServiceNode node) => node switch
    {
        { Text: { } text } => EntryName.Show(text),
        { Items: not null } => "[…]",
        _ => "{…}",
    };
}
