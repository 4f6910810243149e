namespace AvaConsole.Core.Schemas;

/// <summary>The known name that a mistyped one was likely meant to be.</summary>
public static class NearestName
{
    private const int MaxLength = 64;

    /// <summary>Null where no known name is near: more than a third of the characters differ.</summary>
    public static string? Find(string name, IReadOnlyCollection<string> known)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return null;
        }

        string? best = null;
        var least = int.MaxValue;
        foreach (var candidate in known.Where(candidate => candidate.Length <= MaxLength))
        {
            var distance = Distance(Fold(name), Fold(candidate));
            if (distance < least && distance <= Math.Max(1, Math.Max(name.Length, candidate.Length) / 3))
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    // topK, top-k and top_k are the same word to whoever typed one of them.
    private static string Fold(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    /// <summary>Edits between two names, a swap of neighbours counted as one (optimal string alignment).</summary>
    private static int Distance(string first, string second)
    {
        var rows = new int[first.Length + 1, second.Length + 1];
        for (var i = 0; i <= first.Length; i++)
        {
            for (var j = 0; j <= second.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Step(rows, first, second, i, j);
            }
        }

        return rows[first.Length, second.Length];
    }

    private static int Step(int[,] rows, string first, string second, int i, int j)
    {
        var replaced = rows[i - 1, j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1);
        var least = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1];
        return swapped ? Math.Min(least, rows[i - 2, j - 2] + 1) : least;
    }
}
