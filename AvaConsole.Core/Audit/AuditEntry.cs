namespace AvaConsole.Core.Audit;

/// <summary>One line of the audit log, written in the same transaction as what it records. Never changed.</summary>
public sealed class AuditEntry
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    public Guid ActorId { get; set; }

    public string ActorName { get; set; } = "";

    /// <summary>IP address of the caller, where known.</summary>
    public string? Address { get; set; }

    /// <summary>Past fact with its area, for example <c>release.submitted</c>; key of the localised text.</summary>
    public string Action { get; set; } = "";

    /// <summary><c>api</c>, <c>app</c>, <c>package</c>, <c>release</c>, <c>change</c>, <c>account</c>, <c>registry</c>, <c>settings</c>.</summary>
    public string SubjectType { get; set; } = "";

    public Guid? SubjectId { get; set; }

    /// <summary>Name at that time, for example <c>digits 20261101-v1</c>.</summary>
    public string SubjectName { get; set; } = "";

    /// <summary>JSON before the change, secrets masked; null where there was nothing.</summary>
    public string? Before { get; set; }

    /// <summary>JSON after the change, secrets masked; null where nothing is left.</summary>
    public string? After { get; set; }
}
