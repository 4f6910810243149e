namespace AvaConsole.Core.RequestLog;

/// <summary>A call that was kept because its app asks for samples. Neither the caller's address nor any secret is part of it.</summary>
public sealed class RequestSample
{
    /// <summary>Longest text that is kept of a request or of an answer, in characters.</summary>
    public const int MaxText = 16 << 10;

    public Guid Id { get; set; }

    public Guid AppId { get; set; }

    /// <summary>The release that answered; empty where none did.</summary>
    public string Version { get; set; } = "";

    /// <summary><c>content</c>, <c>grey</c>, <c>eval</c>, <c>batch</c> or <c>oip</c>.</summary>
    public string Route { get; set; } = "";

    public DateTimeOffset At { get; set; }

    /// <summary>HTTP status; 499 where the caller left.</summary>
    public int Status { get; set; }

    /// <summary>From the call's arrival to its answer.</summary>
    public double Milliseconds { get; set; }

    /// <summary>Requests that shared the model's run; 0 where it did not run.</summary>
    public int BatchSize { get; set; }

    /// <summary>The caller's access key, or the name of the console's user; empty for an anonymous one.</summary>
    public string Caller { get; set; } = "";

    /// <summary>As the answer and the console's log name the call.</summary>
    public string RequestId { get; set; } = "";

    /// <summary>Code of the error; empty for none.</summary>
    public string Error { get; set; } = "";

    /// <summary>
    /// JSON: <c>{"parameters": {…}, "payload": {"image": {"bytes": 1234, "sha256": "…"}}}</c>. Files are named by size and digest; short texts stand
    /// as they are. Of <c>oip</c> <c>{"inputs": [{"name": …, "datatype": …, "shape": …, "data" or "bytes" and "sha256"}]}</c>. Cut at <see cref="MaxText"/>; empty where the request could not be read.
    /// </summary>
    public string Request { get; set; } = "";

    /// <summary>The answer's <c>result</c> as JSON, cut at <see cref="MaxText"/>; empty for none.</summary>
    public string Answer { get; set; } = "";
}

/// <summary>How much of an app's traffic is kept. No row: none of it.</summary>
public sealed class RequestSampling
{
    public Guid AppId { get; set; }

    /// <summary>Per cent of the calls, 0–100.</summary>
    public decimal Share { get; set; }

    public string UpdatedBy { get; set; } = "";

    public DateTimeOffset UpdatedAt { get; set; }
}
