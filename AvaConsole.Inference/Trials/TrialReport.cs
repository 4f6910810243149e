using System.Text.Json;
using System.Text.Json.Serialization;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;

namespace AvaConsole.Inference.Trials;

/// <summary>What a model's child says on its standard output.</summary>
internal sealed record TrialReport
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public IReadOnlyList<TensorInfo> Inputs { get; init; } = [];

    public IReadOnlyList<TensorInfo> Outputs { get; init; } = [];

    /// <summary>It answered one made-up request. False says nothing against it: some models take only what they know.</summary>
    public bool Ran { get; init; }

    /// <summary>The largest resident set, MiB.</summary>
    public long PeakMegabytes { get; init; }

    /// <summary>Why it was refused; null where it was not.</summary>
    public TrialProblem? Problem { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>Null where the text is none, as when the child ended half way.</summary>
    public static TrialReport? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<TrialReport>(json, s_json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A <see cref="Problem"/> whose values are texts.</summary>
internal sealed record TrialProblem(string Field, string Code, IReadOnlyList<string> Args)
{
    [JsonIgnore]
    public InvalidError Error => new(Field, Code, [.. Args]);

    public static TrialProblem Of(Problem problem) =>
        new(problem.Field, problem.Code, [.. problem.Args.Select(arg => Convert.ToString(arg, System.Globalization.CultureInfo.InvariantCulture) ?? "")]);
}
