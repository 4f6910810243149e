using AvaConsole.Core.Changes;
using AvaConsole.Core.Schemas;

namespace AvaConsole.Core.Releases;

/// <summary>An immutable snapshot of what is served: model package, image, API version and configuration. A draft until submitted.</summary>
public sealed class Release
{
    public Guid Id { get; set; }

    public Guid AppId { get; set; }

    public App App { get; set; } = null!;

    /// <summary><c>yyyymmdd-vxxx-i</c>; rendered from the three fields below, never split again. Unique within the app.</summary>
    public string Version { get; set; } = "";

    /// <summary>Release date in the console's zone.</summary>
    public DateOnly Date { get; set; }

    /// <summary>The image's version, for example <c>v20261101</c>.</summary>
    public string ImageVersion { get; set; } = "";

    /// <summary>Counts releases of the same content on the same day; 0 renders nothing.</summary>
    public int Sequence { get; set; }

    /// <summary>Why the version is not of the recommended form; empty where it is.</summary>
    public string VersionReason { get; set; } = "";

    /// <summary>Full image reference.</summary>
    public string Image { get; set; } = "";

    /// <summary>The digest of <see cref="Image"/>, by which releases of an image are found; empty where the reference names only a tag.</summary>
    public string ImageDigest { get; set; } = "";

    public Guid? ApiVersionId { get; set; }

    public ApiVersion? ApiVersion { get; set; }

    public Guid? PackageId { get; set; }

    public ModelPackage? Package { get; set; }

    /// <summary>Requests that share one run, 1–1024.</summary>
    public int BatchSize { get; set; } = 8;

    /// <summary>Pixels, 0 for the package's own.</summary>
    public int ImageWidth { get; set; }

    /// <summary>Name → URL (jsonb).</summary>
    public Dictionary<string, string> CustomFiles { get; set; } = [];

    /// <summary>A JSON object as text; types are kept.</summary>
    public string CustomValues { get; set; } = "{}";

    public ReleaseState State { get; set; }

    /// <summary>Grows with each edit of the draft; an edit names the revision it started from.</summary>
    public int Revision { get; set; }

    /// <summary>
    /// SHA-256 over everything that is served, in hexadecimal. Verification evidence counts only for this content; an edit changes it.
    /// </summary>
    public string ContentHash { get; set; } = "";

    public string CreatedBy { get; set; } = "";

    public Guid CreatedById { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public List<VerificationRun> Verifications { get; set; } = [];

    public List<ChangePlan> Plans { get; set; } = [];
}

/// <summary>Where a release is before the live configuration knows it; after that its phase there counts.</summary>
public enum ReleaseState
{
    /// <summary>Editable.</summary>
    Draft,

    /// <summary>Submitted: fixed for ever; a change plan waits for approval or application.</summary>
    Submitted,

    /// <summary>Its plan was applied: the live configuration holds it, with a phase.</summary>
    Live,

    /// <summary>Its first plan was rejected or withdrawn. Editable again as a copy.</summary>
    Rejected,
}

/// <summary>One run of a release's test cases in the inference host.</summary>
public sealed class VerificationRun
{
    public Guid Id { get; set; }

    public Guid ReleaseId { get; set; }

    public Release Release { get; set; } = null!;

    /// <summary>The release's content hash that was verified.</summary>
    public string ContentHash { get; set; } = "";

    public VerificationState State { get; set; }

    /// <summary>Test cases in all.</summary>
    public int Total { get; set; }

    /// <summary>Results so far, in order (jsonb).</summary>
    public List<TestCaseResult> Results { get; set; } = [];

    /// <summary>Localisation key of why the run as a whole failed (<c>package.model_truncated</c>…); empty otherwise.</summary>
    public string FailureCode { get; set; } = "";

    public string[] FailureArgs { get; set; } = [];

    public string StartedBy { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}

public enum VerificationState
{
    Queued,
    Loading,
    Running,
    Passed,
    Failed,
}

/// <param name="TestCaseId">The case.</param>
/// <param name="Name">Its name at the time.</param>
/// <param name="Passed">The expectation held.</param>
/// <param name="ExpectedLabel">What was expected; empty for anything.</param>
/// <param name="ActualLabel">The label with the highest score; empty where the run failed.</param>
/// <param name="Score">Its score, 0–1.</param>
/// <param name="Milliseconds">Time of the inference.</param>
/// <param name="FailureCode">Localisation key of a failure; empty otherwise.</param>
public sealed record TestCaseResult(
    Guid TestCaseId, string Name, bool Passed, string ExpectedLabel, string ActualLabel, double Score, double Milliseconds, string FailureCode);
