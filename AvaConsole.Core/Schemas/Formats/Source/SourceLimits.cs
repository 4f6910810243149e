using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Formats.Source;

/// <summary>What a document that is read may cost, and the count of it. An alias counts as often as it is used.</summary>
internal sealed class SourceLimits
{
    /// <summary>Characters of the text.</summary>
    public const int MaxLength = 8 * 1024 * 1024;

    /// <summary>Objects and arrays within one another.</summary>
    public const int MaxDepth = 64;

    /// <summary>Values of the document.</summary>
    public const int MaxNodes = 300_000;

    private int _nodes;

    /// <summary>Counts one value more.</summary>
    /// <exception cref="SourceRefusedException">There are too many, or they are too deep.</exception>
    public void Count(int depth, string pointer, int line)
    {
        if (depth > MaxDepth)
        {
            throw new SourceRefusedException(new Problem(pointer, "import.too_deep", line, MaxDepth));
        }

        if (++_nodes > MaxNodes)
        {
            throw new SourceRefusedException(new Problem(pointer, "import.too_many_values", line, MaxNodes));
        }
    }
}

/// <summary>Ends the reading of a text from within its recursion; the reader turns it into an <see cref="InvalidError"/>.</summary>
internal sealed class SourceRefusedException(Problem problem) : Exception
{
    public Problem Problem { get; } = problem;
}
