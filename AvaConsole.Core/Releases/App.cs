namespace AvaConsole.Core.Releases;

/// <summary>A served application: <see cref="Command"/> in keys and URLs, <c>ava-</c> + command as the deployed instance's name.</summary>
public sealed class App
{
    public Guid Id { get; set; }

    /// <summary>For example <c>digits</c>; 4–20 characters, see <c>AppName</c>.</summary>
    public string Command { get; set; } = "";

    /// <summary>For example <c>ava-digits</c>, which is the recommended form; unique.</summary>
    public string InstanceName { get; set; } = "";

    /// <summary>Why the instance's name is not of the recommended form; empty where it is.</summary>
    public string NameReason { get; set; } = "";

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

    /// <summary>The payload entry that <see cref="Content"/> is; empty for the only one, whatever its name.</summary>
    public string Entry { get; set; } = "";

    /// <summary>File name of the content, for display; empty for what was written.</summary>
    public string FileName { get; set; } = "";

    /// <summary>Media type, for example <c>image/png</c>.</summary>
    public string MediaType { get; set; } = "image/png";

    /// <summary>A picture's or sound's file, or a text or JSON in UTF-8; at most 10 MiB.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Entries that the payload has beside <see cref="Entry"/> (jsonb).</summary>
    public List<TestCaseEntry> More { get; set; } = [];

    /// <summary>What the answer is held against.</summary>
    public ExpectationKind Kind { get; set; }

    /// <summary>Label that must score highest; empty when any answer without an error passes.</summary>
    public string ExpectedLabel { get; set; } = "";

    /// <summary>The least score of the expected label, 0–1; null for any.</summary>
    public double? MinimumScore { get; set; }

    /// <summary>For the kinds other than <see cref="ExpectationKind.Label"/>: what they say.</summary>
    public string Expected { get; set; } = "";

    /// <summary>Of values how far a number may be off, see <see cref="ExpectationKind.Values"/>; of boxes the least IoU. Null for the usual.</summary>
    public double? Tolerance { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>One more entry of a test case's payload.</summary>
/// <param name="Name">As the API names it, or the model's input.</param>
/// <param name="FileName">For display; empty for what was written.</param>
public sealed record TestCaseEntry(string Name, string FileName, string MediaType, byte[] Content);

/// <summary>What a test case expects of the answer's <c>result</c>.</summary>
public enum ExpectationKind
{
    /// <summary>The label that scores highest, or that anything is answered.</summary>
    Label,

    /// <summary>
    /// A JSON object whose members the result has, too. A number may be off by the tolerance times its own size, or by the tolerance where that is
    /// below 1; arrays are as long, everything else is equal.
    /// </summary>
    Values,

    /// <summary>
    /// A JSON array of <c>{"class": "cat", "box": [left, top, right, bottom]}</c> in pixels of the picture: each is found, with at least the IoU. More may be found.
    /// </summary>
    Boxes,

    /// <summary>A text that the result has somewhere, exactly.</summary>
    Text,
}
