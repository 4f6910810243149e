namespace AvaConsole.Core.Releases;

/// <summary>A served application: <see cref="Command"/> in keys and URLs, <c>ava-</c> + command as the deployed instance's name.</summary>
public sealed class App
{
    public Guid Id { get; set; }

    /// <summary>For example <c>digits</c>; 4–20 characters, see <c>AppName</c>.</summary>
    public string Command { get; set; } = "";

    /// <summary>For example <c>ava-digits</c>.</summary>
    public string InstanceName => new Naming.AppName(Command).Instance;

    public string Description { get; set; } = "";

    /// <summary>Account that answers for it.</summary>
    public Guid OwnerId { get; set; }

    public string OwnerName { get; set; } = "";

    /// <summary>Anybody may call it; otherwise only callers who present the owner's access key.</summary>
    public bool Public { get; set; } = true;

    /// <summary>AVA's uid of the owner.</summary>
    public long OwnerUid { get; set; }

    /// <summary>AVA's access key of the owner; may be empty.</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>AVA's secret key, sealed (see <c>SecretBox</c>); empty for none.</summary>
    public byte[] SealedSecretKey { get; set; } = [];

    /// <summary>The API that its releases implement.</summary>
    public Guid? ApiId { get; set; }

    public Schemas.Api? Api { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public List<Release> Releases { get; set; } = [];

    public List<TestCase> TestCases { get; set; } = [];
}

/// <summary>A request with its expected answer; every release of the app must pass them all before it can be submitted.</summary>
public sealed class TestCase
{
    public Guid Id { get; set; }

    public Guid AppId { get; set; }

    public string Name { get; set; } = "";

    /// <summary>File name of the picture, for display.</summary>
    public string FileName { get; set; } = "";

    /// <summary>Media type, for example <c>image/png</c>.</summary>
    public string MediaType { get; set; } = "image/png";

    /// <summary>The picture's bytes, at most 10 MiB.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Label that must score highest; empty when any answer without an error passes.</summary>
    public string ExpectedLabel { get; set; } = "";

    /// <summary>The least score of the expected label, 0–1; null for any.</summary>
    public double? MinimumScore { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
