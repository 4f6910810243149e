using System.Text.Json;
using AvaConsole.Core.Common;

namespace AvaConsole.Inference.Pipelines.Results;

/// <summary>
/// Reads what a request may say about its result. A member that is absent or null keeps the package's own value; one that is wrong is a problem
/// named <c>$.parameters.NAME</c>, and all of them are reported together.
/// </summary>
internal sealed class ResultParameters(JsonElement parameters)
{
    private readonly List<Problem> _problems = [];

    /// <summary>Null where nothing was wrong.</summary>
    public InvalidError? Error => _problems.Count == 0 ? null : new InvalidError(_problems);

    /// <summary>A number between the two bounds, which are allowed too.</summary>
    public float Number(string name, float otherwise, float minimum, float maximum)
    {
        if (Find(name) is not { } given)
        {
            return otherwise;
        }

        if (given.ValueKind == JsonValueKind.Number && given.TryGetSingle(out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Report(name, "request.number_between", minimum, maximum);
        return otherwise;
    }

    /// <summary>A whole number from <paramref name="minimum"/>; null where the request does not say.</summary>
    public int? Count(string name, int minimum, string code)
    {
        if (Find(name) is not { } given)
        {
            return null;
        }

        if (given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var count) && count >= minimum)
        {
            return count;
        }

        Report(name, code, minimum);
        return null;
    }

    /// <summary>
    /// Items wanted: <c>top_k</c> (from 1) and AVA's <c>limit</c> (0 for all); the smaller where both are given, never above <paramref name="all"/>.
    /// </summary>
    public int Items(int otherwise, int all)
    {
        var topK = Count("top_k", 1, "request.top_k");
        var limit = Count("limit", 0, "request.count_from") switch { 0 => all, var count => count };
        var wanted = (topK, limit) switch
        {
            (null, null) => otherwise,
            _ => Math.Min(topK ?? int.MaxValue, limit ?? int.MaxValue),
        };
        return Math.Min(wanted, all);
    }

    /// <summary>One of a few words.</summary>
    public string Choice(string name, string otherwise, params string[] allowed)
    {
        if (Find(name) is not { } given)
        {
            return otherwise;
        }

        if (given.ValueKind == JsonValueKind.String && given.GetString() is { } word && allowed.Contains(word, StringComparer.Ordinal))
        {
            return word;
        }

        Report(name, "request.one_of", string.Join(", ", allowed));
        return otherwise;
    }

    private JsonElement? Find(string name) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private void Report(string name, string code, params object?[] args) => _problems.Add(new Problem($"$.parameters.{name}", code, args));
}
