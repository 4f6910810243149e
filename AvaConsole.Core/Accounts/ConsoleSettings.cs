namespace AvaConsole.Core.Accounts;

/// <summary>What was decided once for the whole console. Exactly one row.</summary>
public sealed class ConsoleSettings
{
    public int Id { get; set; } = 1;

    public ApprovalMode ApprovalMode { get; set; }

    /// <summary>IANA name of the zone in which names get their date, for example <c>Asia/Shanghai</c>; empty for the server's.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>Beginnings of image references that hosts may pull, for example <c>reg.example/vision</c>; empty for any.</summary>
    public string[] PullableRoots { get; set; } = [];

    /// <summary>Null until the first account was created.</summary>
    public DateTimeOffset? InitializedAt { get; set; }
}

public enum ApprovalMode
{
    /// <summary>Four eyes: the account that proposed a plan cannot approve it.</summary>
    Team,

    /// <summary>One person works alone: self-approval is allowed, and shown as such on plan and audit log.</summary>
    Solo,
}
