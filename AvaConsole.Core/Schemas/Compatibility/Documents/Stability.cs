using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Documents;

/// <summary>What <c>x-stability-level</c> says of an operation.</summary>
/// <param name="Label">The word as written; empty for none, which promises as much as <c>stable</c>.</param>
/// <param name="Rank">From 1 (draft) to 4 (stable); 0 for a word that is none of the four.</param>
internal readonly record struct Stability(string Label, int Rank)
{
    private static readonly string[] s_labels = ["draft", "alpha", "beta", "stable"];

    public bool IsValid => Rank > 0;

    /// <summary>Draft and alpha promise nothing: what changes there is nobody's concern.</summary>
    public bool IsPromised => Rank >= 3;

    /// <summary>The word, or the one that its absence stands for.</summary>
    public string Meaning => Label.Length == 0 ? "stable" : Label;

    public static Stability Of(JsonObject node)
    {
        if (node["x-stability-level"] is not { } value)
        {
            return new Stability("", s_labels.Length);
        }

        var label = node.Text("x-stability-level");
        return new Stability(label, Array.IndexOf(s_labels, label) + 1);
    }
}
