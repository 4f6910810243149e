using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;

namespace AvaConsole.Core.Changes;

/// <summary>
/// Everything that touches the live configuration: an ordered list of writes with the mod revision that each key must have.
/// The content hash binds approvals to exactly this.
/// </summary>
public sealed class ChangePlan
{
    public Guid Id { get; set; }

    /// <summary>Counts plans; shown as <c>#12</c>.</summary>
    public int Number { get; set; }

    public ChangeKind Kind { get; set; }

    /// <summary>The app it is about, where it is about one.</summary>
    public Guid? AppId { get; set; }

    public App? App { get; set; }

    public Guid? ReleaseId { get; set; }

    public Release? Release { get; set; }

    /// <summary>The API version that it publishes or withdraws.</summary>
    public Guid? ApiVersionId { get; set; }

    public ApiVersion? ApiVersion { get; set; }

    /// <summary>What it is about where that is neither an app nor a release, for example <c>digits 1.2.0</c>; empty otherwise.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Localisation key of what an approver must know; empty for nothing.</summary>
    public string NoticeCode { get; set; } = "";

    public string[] NoticeArgs { get; set; } = [];

    /// <summary>Why, in the proposer's words.</summary>
    public string Reason { get; set; } = "";

    public ChangeState State { get; set; }

    /// <summary>In the order of their application (jsonb; values sealed where secret).</summary>
    public List<PlannedOperation> Operations { get; set; } = [];

    /// <summary>SHA-256 in hexadecimal over the ordered (key, expected mod revision, new value) list.</summary>
    public string ContentHash { get; set; } = "";

    public Guid ProposedById { get; set; }

    public string ProposedBy { get; set; } = "";

    public DateTimeOffset ProposedAt { get; set; }

    public DateTimeOffset? AppliedAt { get; set; }

    public Guid? AppliedById { get; set; }

    public string AppliedBy { get; set; } = "";

    /// <summary>Store revision of the transaction that applied it.</summary>
    public long? AppliedRevision { get; set; }

    /// <summary>Localisation key of why it failed or conflicts; empty otherwise.</summary>
    public string FailureCode { get; set; } = "";

    public string[] FailureArgs { get; set; } = [];

    public List<Approval> Approvals { get; set; } = [];
}

public enum ChangeKind
{
    /// <summary>A new release enters staging.</summary>
    Release,

    /// <summary>A release moves to the next phase.</summary>
    Promote,

    /// <summary>An earlier release is made live again.</summary>
    Rollback,

    /// <summary>A worker, model or metadata document is edited.</summary>
    Configuration,

    /// <summary>A version of an API is published or withdrawn.</summary>
    Publication,
}

public enum ChangeState
{
    AwaitingApproval,
    Approved,

    /// <summary>In the outbox: the worker will finish it, whatever happens to this process.</summary>
    Applying,

    /// <summary>Live.</summary>
    Applied,

    Rejected,

    /// <summary>Taken back by its proposer before application.</summary>
    Withdrawn,

    /// <summary>The live configuration moved since the plan was made; nothing was written. Propose again.</summary>
    Conflicted,
}

/// <summary>One key of a plan.</summary>
public sealed record PlannedOperation
{
    public required string Key { get; init; }

    /// <summary>0: the key must not exist.</summary>
    public required long ExpectedModRevision { get; init; }

    /// <summary>UTF-8 value before, secrets masked, for display; null where the key does not exist.</summary>
    public string? OldDisplay { get; init; }

    /// <summary>UTF-8 value after, secrets masked, for display; null deletes the key.</summary>
    public string? NewDisplay { get; init; }

    /// <summary>The exact new bytes, sealed with <c>SecretBox</c> under the key as associated data; null deletes the key.</summary>
    public byte[]? SealedValue { get; init; }

    /// <summary>SHA-256 of the exact new bytes in hexadecimal; empty where the key is deleted.</summary>
    public string ValueSha256 { get; init; } = "";
}

/// <summary>One person's decision on one content hash.</summary>
public sealed class Approval
{
    public Guid Id { get; set; }

    public Guid PlanId { get; set; }

    public Guid AccountId { get; set; }

    public string AccountName { get; set; } = "";

    public bool Approved { get; set; }

    public string Comment { get; set; } = "";

    /// <summary>The plan's content hash that was decided on.</summary>
    public string ContentHash { get; set; } = "";

    /// <summary>The approver is the proposer (allowed in <see cref="Accounts.ApprovalMode.Solo"/> only).</summary>
    public bool SelfApproval { get; set; }

    public DateTimeOffset At { get; set; }
}

/// <summary>A plan that must reach the store. Written with the decision to apply, deleted never, done once.</summary>
public sealed class OutboxEntry
{
    public Guid PlanId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Grows each time a worker takes the entry; a worker whose token is old may not record a result.</summary>
    public long FenceToken { get; set; }

    /// <summary>Another worker may take the entry after this.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? DoneAt { get; set; }
}
