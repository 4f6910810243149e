using AvaConsole.Core.Releases;

namespace AvaConsole.Core.Schemas.Publication;

/// <summary>Where a version is on its way into the live configuration and out of it.</summary>
public enum PublicationState
{
    /// <summary>The live configuration does not answer.</summary>
    Unknown,

    NotPublished,

    /// <summary>A plan that publishes or withdraws it is under way.</summary>
    Pending,

    Live,

    /// <summary>It was live, and was taken out.</summary>
    Withdrawn,

    /// <summary>Its key holds another document; a version never changes, so somebody else wrote that.</summary>
    Different,
}

/// <summary>What a plan about a version does.</summary>
public enum PublicationStep
{
    Publish,

    Withdraw,
}

/// <summary>A version's place in the live configuration.</summary>
/// <param name="Key">Where its document is or would be; empty where its names cannot make one.</param>
/// <param name="Revision">The store's revision that wrote it; 0 unless it is there.</param>
/// <param name="PlanId">The plan that is under way, or else the last that was applied; null where a release brought it, or nothing did.</param>
/// <param name="GatewayKey">Where the gateway's schema.json is; empty where there is none.</param>
/// <param name="UsedBy">Releases in the live configuration that are validated by it, as <c>app version</c>.</param>
public sealed record VersionPublication(
    Guid VersionId,
    string Version,
    PublicationState State,
    string Key,
    long Revision,
    Guid? PlanId,
    int? PlanNumber,
    string GatewayKey,
    IReadOnlyList<string> UsedBy);

/// <summary>What proposing would write, and what the approver will be told.</summary>
/// <param name="NoticeCode">Localisation key; empty for nothing.</param>
/// <param name="GatewayRefusals">Why there is no schema.json for the gateway; empty where there is one.</param>
public sealed record PublicationPreview(PlanPreview Plan, string NoticeCode, IReadOnlyList<string> NoticeArgs, IReadOnlyList<Common.Problem> GatewayRefusals);

/// <summary>A schema that callers meet now.</summary>
/// <param name="App">The app whose production release is validated by it; empty for one that is only published.</param>
/// <param name="Release">That release's version; empty likewise.</param>
public sealed record LiveSchema(string App, string Release, ApiSchema Schema);
