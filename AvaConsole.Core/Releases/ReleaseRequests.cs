using AvaConsole.Core.Changes;

namespace AvaConsole.Core.Releases;

/// <summary>What a person enters for an app.</summary>
/// <param name="SecretKey">Null keeps the stored one; empty removes it.</param>
public sealed record AppRequest(
    string Command, string Description, bool Public, Guid? ApiId, long OwnerUid, string AccessKey, string? SecretKey, Guid? OwnerId = null)
{
    /// <summary>Under which it is deployed; empty for the recommended name, and where the app exists already.</summary>
    public string InstanceName { get; init; } = "";

    /// <summary>Why <see cref="InstanceName"/> is not the recommended one.</summary>
    public string NameReason { get; init; } = "";

    /// <summary>The page that has reserved the names; empty for none.</summary>
    public Guid Page { get; init; }
}

/// <summary>What a person enters for a test case.</summary>
public sealed record TestCaseRequest(
    string Name, string FileName, string MediaType, byte[] Content, string ExpectedLabel, double? MinimumScore)
{
    /// <summary>See <see cref="TestCase.Entry"/>.</summary>
    public string Entry { get; init; } = "";

    public IReadOnlyList<TestCaseEntry> More { get; init; } = [];

    public ExpectationKind Kind { get; init; }

    /// <summary>See <see cref="TestCase.Expected"/>.</summary>
    public string Expected { get; init; } = "";

    /// <summary>See <see cref="TestCase.Tolerance"/>.</summary>
    public double? Tolerance { get; init; }
}

/// <summary>What a person enters for a release.</summary>
/// <param name="CustomValues">A JSON object as text.</param>
public sealed record ReleaseRequest(
    string Version,
    DateOnly Date,
    string ImageVersion,
    int Sequence,
    string Image,
    Guid? ApiVersionId,
    Guid? PackageId,
    int BatchSize,
    int ImageWidth,
    IReadOnlyDictionary<string, string> CustomFiles,
    string CustomValues)
{
    /// <summary>Why <see cref="Version"/> is not of the recommended form.</summary>
    public string VersionReason { get; init; } = "";

    /// <summary>The page that has reserved the version; empty for none.</summary>
    public Guid Page { get; init; }
}

/// <summary>The next free version name for an image on a day.</summary>
public sealed record VersionProposal(string Version, DateOnly Date, string ImageVersion, int Sequence);

/// <summary>What submitting would write, shown before anybody decides.</summary>
/// <param name="ContentHash">Submitting names it, so that what is stored is what was shown.</param>
public sealed record PlanPreview(ChangeKind Kind, IReadOnlyList<PlannedOperation> Operations, string ContentHash);

/// <summary>A release with its phase in the live configuration.</summary>
/// <param name="Phase">See <c>Phases</c>; null where the live configuration does not hold it.</param>
public sealed record ReleaseSummary(Guid Id, string Version, ReleaseState State, string? Phase, string CreatedBy, DateTimeOffset CreatedAt, VerificationState? Verification)
{
    /// <summary>Full image reference; empty for none yet.</summary>
    public string Image { get; init; } = "";
}
