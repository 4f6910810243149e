using AvaConsole.Core.Releases;

namespace AvaConsole.Core.Benchmarks;

/// <summary>One measurement of a release on one host: evidence for its content, comparable with others.</summary>
public sealed class BenchmarkRun
{
    public Guid Id { get; set; }

    public Guid ReleaseId { get; set; }

    public Release Release { get; set; } = null!;

    /// <summary>The release's content hash that was measured.</summary>
    public string ContentHash { get; set; } = "";

    public BenchmarkState State { get; set; }

    /// <summary>The inference host that measures: the one of the console it was started on.</summary>
    public string Host { get; set; } = "";

    /// <summary>jsonb.</summary>
    public BenchmarkSettings Settings { get; set; } = new();

    /// <summary>What is known so far (jsonb).</summary>
    public BenchmarkReport Report { get; set; } = new();

    /// <summary>Localisation key of why it failed (<c>package.model_truncated</c>…); empty otherwise.</summary>
    public string FailureCode { get; set; } = "";

    public string[] FailureArgs { get; set; } = [];

    public string StartedBy { get; set; } = "";

    /// <summary>Who asked for its end; empty where nobody did.</summary>
    public string CancelledBy { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public bool IsOver => State is not (BenchmarkState.Pending or BenchmarkState.Running);
}

public enum BenchmarkState
{
    /// <summary>Waits for the host to be free.</summary>
    Pending,
    Running,
    Done,
    Cancelled,
    Failed,
}
