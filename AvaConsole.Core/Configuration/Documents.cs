using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AvaConsole.Core.Configuration;

/// <summary>Common to all documents of the live configuration: members that this version does not know survive a round trip.</summary>
public abstract record ConfigDocument
{
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>
/// <c>/ava/serving/worker/…</c>: how requests are batched and bounded. The most specific document that exists (release, app,
/// global) wins whole; a member that it leaves out is zero, as it is for AVA's own workers.
/// </summary>
public sealed record WorkerDocument : ConfigDocument
{
    /// <summary>Nanoseconds that the oldest request of a batch waits at most.</summary>
    [JsonPropertyName("delay4batch")]
    public long Delay4Batch { get; init; }

    /// <summary>Requests in flight; beyond it a request is refused (429). 0 means 1.</summary>
    [JsonPropertyName("max_concurrent")]
    public int MaxConcurrent { get; init; }

    /// <summary>Nanoseconds that a whole request may take (504); 0 means that every request times out at once.</summary>
    [JsonPropertyName("timeout")]
    public long Timeout { get; init; }

    [JsonPropertyName("kodo")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KodoDocument? Kodo { get; init; }

    /// <summary>What serves where no layer exists at all: 2 ms, 64 in flight, 10 s.</summary>
    public static WorkerDocument BuiltIn { get; } = new() { Delay4Batch = 2_000_000, MaxConcurrent = 64, Timeout = 10_000_000_000 };
}

public sealed record KodoDocument : ConfigDocument
{
    [JsonPropertyName("rs_host")]
    public string RsHost { get; init; } = "";
}

/// <summary><c>/ava/serving/app/metadata/{cmd}</c>, or the default for all apps.</summary>
public sealed record AppMetadataDocument : ConfigDocument
{
    [JsonPropertyName("batch_size")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? BatchSize { get; init; }

    /// <summary>Anybody may call it; otherwise the owner only.</summary>
    [JsonPropertyName("public")]
    public bool Public { get; init; }

    [JsonPropertyName("owner")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OwnerDocument? Owner { get; init; }
}

public sealed record OwnerDocument : ConfigDocument
{
    [JsonPropertyName("uid")]
    public long Uid { get; init; }

    [JsonPropertyName("ak")]
    public string Ak { get; init; } = "";

    /// <summary>Secret: sealed in Postgres, masked wherever it is shown.</summary>
    [JsonPropertyName("sk")]
    public string Sk { get; init; } = "";
}

/// <summary><c>/ava/serving/app/release/{cmd}/{version}</c>: one release of a model.</summary>
public sealed record ReleaseDocument : ConfigDocument
{
    [JsonPropertyName("tar_file")]
    public string TarFile { get; init; } = "";

    [JsonPropertyName("batch_size")]
    public int BatchSize { get; init; }

    /// <summary>Pixels; 0 leaves the package's own width.</summary>
    [JsonPropertyName("image_width")]
    public int ImageWidth { get; init; }

    [JsonPropertyName("custom_files")]
    public IReadOnlyDictionary<string, string> CustomFiles { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>JSON types are kept as they are.</summary>
    [JsonPropertyName("custom_values")]
    public JsonObject CustomValues { get; init; } = [];

    /// <summary><c>staging</c>, <c>grey</c>, <c>production</c> or <c>retired</c>, see <see cref="Phases"/>.</summary>
    [JsonPropertyName("phase")]
    public string Phase { get; init; } = Phases.Staging;
}

/// <summary>The life of a release in the live configuration. At most one per app is in grey and one in production.</summary>
public static class Phases
{
    public const string Staging = "staging";
    public const string Grey = "grey";
    public const string Production = "production";
    public const string Retired = "retired";
}

/// <summary>
/// <c>/ava/console/releases/{cmd}/{version}</c>: the fixed parts of a release that AVA's document has no member for. Written
/// once with the release, never changed.
/// </summary>
public sealed record ReleaseManifest : ConfigDocument
{
    /// <summary>Lower-case hexadecimal SHA-256 of the package archive; the host serves nothing else.</summary>
    [JsonPropertyName("package_sha256")]
    public required string PackageSha256 { get; init; }

    /// <summary>Bytes of the package archive.</summary>
    [JsonPropertyName("package_size")]
    public long PackageSize { get; init; }

    /// <summary>Full reference of the image that the app is deployed with, for example <c>reg.example/ava-caffe:v20261101-1</c>.</summary>
    [JsonPropertyName("image")]
    public string Image { get; init; } = "";

    /// <summary>Key of the API schema that requests are validated against; see <see cref="ConfigKey.Schema"/>.</summary>
    [JsonPropertyName("schema_key")]
    public string SchemaKey { get; init; } = "";

    /// <summary>Some of the test cases that the release has passed, for hosts to try before they serve it. Few and small: the document is no place for photographs.</summary>
    [JsonPropertyName("warm_up")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WarmUpCase>? WarmUp { get; init; }
}

/// <param name="Name">The test case's name.</param>
/// <param name="Content">The payload's bytes, base64 in JSON.</param>
public sealed record WarmUpCase([property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("content")] byte[] Content)
{
    /// <summary>The payload entry that the content is; null for the only one, whatever its name.</summary>
    [JsonPropertyName("entry")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Entry { get; init; }

    /// <summary>Entries beside it, by name, base64 in JSON; null for none.</summary>
    [JsonPropertyName("more")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, byte[]>? More { get; init; }
}

/// <summary>
/// <c>/ava/console/apps/{cmd}/phases</c>: the versions in grey and production. The release documents are what hosts obey; this
/// key exists so that two plans that would give the same phase to two releases touch one key, and one of them conflicts.
/// </summary>
public sealed record AppPhasesDocument : ConfigDocument
{
    /// <summary>Empty for none.</summary>
    [JsonPropertyName("grey")]
    public string Grey { get; init; } = "";

    /// <summary>Empty for none.</summary>
    [JsonPropertyName("production")]
    public string Production { get; init; } = "";
}

/// <summary><c>/ava/console/hosts/{host}</c>, bound to a lease: what one inference host does now.</summary>
public sealed record HostStatusDocument : ConfigDocument
{
    [JsonPropertyName("host")]
    public required string Host { get; init; }

    [JsonPropertyName("started_at")]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary><c>CUDA</c> or <c>CPU</c>.</summary>
    [JsonPropertyName("provider")]
    public string Provider { get; init; } = "CPU";

    /// <summary>Why the provider is not CUDA, in English, for whoever reads the key; empty where it is.</summary>
    [JsonPropertyName("provider_reason")]
    public string ProviderReason { get; init; } = "";

    /// <summary>The same as a localisation key, for pages.</summary>
    [JsonPropertyName("provider_reason_code")]
    public string ProviderReasonCode { get; init; } = "";

    /// <summary>Placeholders of the localised text.</summary>
    [JsonPropertyName("provider_reason_args")]
    public IReadOnlyList<string> ProviderReasonArgs { get; init; } = [];

    /// <summary>Domains of operators that its administrator allows beside ONNX Runtime's own.</summary>
    [JsonPropertyName("custom_operators")]
    public IReadOnlyList<string> CustomOperators { get; init; } = [];

    /// <summary>Store revision that the host has converged to or is converging to.</summary>
    [JsonPropertyName("revision")]
    public long Revision { get; init; }

    [JsonPropertyName("models")]
    public IReadOnlyList<ModelStatus> Models { get; init; } = [];
}

/// <param name="App">The app's command, for example <c>digits</c>.</param>
/// <param name="Version">The release's version.</param>
/// <param name="Phase">The phase it is served in.</param>
/// <param name="State">See <see cref="ModelStates"/>.</param>
/// <param name="ReasonCode">Localisation key of the failure, empty unless failed.</param>
/// <param name="ReasonArgs">Placeholders of the failure's text.</param>
/// <param name="Revision">Mod revision of the release document that this state is about.</param>
/// <param name="ChangedAt">When the state was entered.</param>
public sealed record ModelStatus(
    [property: JsonPropertyName("app")] string App,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("phase")] string Phase,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("reason_code")] string ReasonCode,
    [property: JsonPropertyName("reason_args")] IReadOnlyList<string> ReasonArgs,
    [property: JsonPropertyName("revision")] long Revision,
    [property: JsonPropertyName("changed_at")] DateTimeOffset ChangedAt)
{
    /// <summary>How it is run: one plan, or one for each model of an ensemble. Empty before it is loaded, and where it cannot be measured.</summary>
    [JsonPropertyName("plans")]
    public IReadOnlyList<ModelPlan> Plans { get; init; } = [];
}

/// <summary>How a host runs a model, chosen by measuring it when it was loaded.</summary>
/// <param name="Device"><c>CPU</c> or <c>CUDA</c>.</param>
/// <param name="Runs">At a time, at most.</param>
/// <param name="Threads">Of each run under load.</param>
/// <param name="BatchRows">Rows of a run under load, at most; 1 where rows do not share runs.</param>
/// <param name="RowMilliseconds">A run of one row; null where it was not measured.</param>
/// <param name="RowsPerSecond">Of the better of one wide run at a time and several narrow ones; null where it was not measured.</param>
public sealed record ModelPlan(
    [property: JsonPropertyName("device")] string Device,
    [property: JsonPropertyName("runs")] int Runs,
    [property: JsonPropertyName("threads")] int Threads,
    [property: JsonPropertyName("batch_rows")] int BatchRows,
    [property: JsonPropertyName("row_ms")] double? RowMilliseconds,
    [property: JsonPropertyName("rows_per_second")] double? RowsPerSecond);

/// <summary>States of a model in a host, in their usual order.</summary>
public static class ModelStates
{
    public const string Waiting = "waiting";
    public const string Loading = "loading";
    public const string Warming = "warming";
    public const string Serving = "serving";
    public const string Draining = "draining";
    public const string Failed = "failed";

    /// <summary>Wanted, and taken out of service on this host by somebody who may.</summary>
    public const string Unloaded = "unloaded";
}
