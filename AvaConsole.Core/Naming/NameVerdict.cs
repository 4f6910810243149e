using AvaConsole.Core.Common;

namespace AvaConsole.Core.Naming;

/// <summary>Everything that a wizard shows of a name while it is typed.</summary>
public record NameVerdict
{
    /// <summary>As it would be written; empty while too little is known.</summary>
    public string Name { get; init; } = "";

    /// <summary>Rules that it breaks: it cannot be given.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>What to know about it. It can be given.</summary>
    public IReadOnlyList<Problem> Warnings { get; init; } = [];

    /// <summary>The form that is recommended; empty where that is not known.</summary>
    public string Recommended { get; init; } = "";

    /// <summary>It is not of the recommended form: giving it needs a reason.</summary>
    public bool NeedsReason { get; init; }

    /// <summary>A name like it that is free; empty where none is needed.</summary>
    public string Proposal { get; init; } = "";

    /// <summary>Keys of the live configuration that will be written under it.</summary>
    public IReadOnlyList<NameUse> Keys { get; init; } = [];

    /// <summary>Paths under which it will be called.</summary>
    public IReadOnlyList<NameUse> Routes { get; init; } = [];

    /// <summary>Command lines, for a POSIX shell. No secret is in them.</summary>
    public IReadOnlyList<NameUse> Commands { get; init; } = [];
}

/// <summary>One place where a name will be seen.</summary>
/// <param name="Code">Which; its text is <c>Use_</c> and this, for example <c>metadata</c>.</param>
/// <param name="Text">With the name in it.</param>
public sealed record NameUse(string Code, string Text);

/// <summary>The names of an app.</summary>
/// <param name="Instance">Empty for the recommended one.</param>
public sealed record AppNameQuery(string Command, string Instance = "");

/// <inheritdoc/>
public sealed record AppNameVerdict : NameVerdict
{
    /// <summary>Under which it is deployed.</summary>
    public string Instance { get; init; } = "";
}

/// <summary>The version of a release.</summary>
/// <param name="Image">Reference of its image, from which the recommended version is made.</param>
public sealed record VersionNameQuery(Guid AppId, string Image)
{
    /// <summary>A version that somebody typed; empty for the recommended one.</summary>
    public string Typed { get; init; } = "";

    /// <summary>Which reading of <see cref="Typed"/> is meant, where there are two.</summary>
    public AppVersion? Meant { get; init; }

    /// <summary>The draft that gets it, whose own version is free for it alone; null for a new one.</summary>
    public Guid? ReleaseId { get; init; }

    public Guid? ApiVersionId { get; init; }
}

/// <inheritdoc/>
public sealed record VersionNameVerdict : NameVerdict
{
    /// <summary>With the fields that are stored; null where they cannot be told.</summary>
    public Releases.VersionProposal? Version { get; init; }

    /// <summary>Two where somebody has to say which is meant.</summary>
    public IReadOnlyList<AppVersion> Readings { get; init; } = [];

    /// <summary>By the console's clock.</summary>
    public required ConsoleDay Today { get; init; }
}

/// <summary>How an image's name is made.</summary>
public enum ImageNameForm
{
    /// <summary>From its parts, see <see cref="ImageName"/>.</summary>
    Dated,

    /// <summary>A name, and a tag that says what it is built upon, see <see cref="ImageTag"/>.</summary>
    Tagged,

    /// <summary>As somebody likes it, with a reason.</summary>
    Free,
}

/// <summary>The name of an image that is to be built.</summary>
public sealed record ImageNameQuery(ImageNameForm Form)
{
    public string Framework { get; init; } = "";

    /// <summary><c>cpu</c>, <c>gpu</c>, or empty for both.</summary>
    public string Device { get; init; } = "";

    public string Kind { get; init; } = "";

    /// <summary>The name, with a tag or without, where it is not made from parts.</summary>
    public string Text { get; init; } = "";

    /// <summary>Host of the registry that it will be pushed to; empty where that is not decided.</summary>
    public string Registry { get; init; } = "";

    /// <summary>Namespace there; empty for none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The name that the thing already has, which is free for it alone; empty for a new one.</summary>
    public string Own { get; init; } = "";
}

/// <summary>A registry that the console knows, and where the team pushes there.</summary>
/// <param name="Namespace">Empty for none.</param>
public sealed record ImageTarget(string Host, string Namespace);

/// <inheritdoc/>
public sealed record ImageNameVerdict : NameVerdict
{
    /// <summary>Null where it is not made from parts.</summary>
    public ImageName? Parts { get; init; }

    /// <summary>What its tag says; null where it has none that can be read.</summary>
    public ImageTag? Tag { get; init; }

    /// <summary>With registry, namespace and tag; empty where that is no reference by the grammar of OCI.</summary>
    public string Reference { get; init; } = "";

    /// <summary>By the console's clock.</summary>
    public required ConsoleDay Today { get; init; }
}
