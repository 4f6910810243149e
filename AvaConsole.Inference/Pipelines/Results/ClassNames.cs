using System.Globalization;
using System.Text.Json.Nodes;

namespace AvaConsole.Inference.Pipelines.Results;

/// <summary>What classes are called.</summary>
/// <param name="Names">In index order; empty: a class is called by its index.</param>
/// <param name="Chinese">AVA's <c>label_cn</c>, in index order; empty for none.</param>
internal sealed record ClassNames(IReadOnlyList<string> Names, IReadOnlyList<string> Chinese)
{
    public static ClassNames None { get; } = new([], []);

    public string this[int index] => index >= 0 && index < Names.Count ? Names[index] : index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The members that AVA's confidences and detections begin with: <c>index</c>, <c>class</c>, <c>score</c> and, where it is known, <c>label_cn</c>.</summary>
    public JsonObject ToJson(int index, float score, string? name = null)
    {
        var json = new JsonObject { ["index"] = index, ["class"] = name ?? this[index], ["score"] = Math.Round(score, 7) };
        if (index >= 0 && index < Chinese.Count)
        {
            json["label_cn"] = Chinese[index];
        }

        return json;
    }
}
