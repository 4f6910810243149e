using System.Text.Json.Serialization;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Core.Changes;

/// <summary><c>/ava/console/changes/{plan}</c>: written once, it says for ever what became of the plan.</summary>
internal sealed record ChangeNonceDocument : ConfigDocument
{
    /// <summary>Written in the transaction that wrote the plan's keys.</summary>
    public const string Applied = "applied";

    /// <summary>Written alone, after a comparison failed: no copy of the plan's transaction that is still on its way can succeed any more.</summary>
    public const string Void = "void";

    [JsonPropertyName("plan")]
    public int Plan { get; init; }

    [JsonPropertyName("content_hash")]
    public string ContentHash { get; init; } = "";

    [JsonPropertyName("outcome")]
    public string Outcome { get; init; } = "";
}
