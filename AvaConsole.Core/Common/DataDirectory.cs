namespace AvaConsole.Core.Common;

/// <summary>The console's own files. Everything it keeps on disk is under one root (<c>--data DIR</c>).</summary>
/// <param name="Root">Absolute path.</param>
public sealed record DataDirectory(string Root)
{
    /// <summary>Uploaded and fetched model archives, named by SHA-256.</summary>
    public string Packages => Path.Combine(Root, "packages");

    /// <summary>Unpacked archives that the inference host serves from, named by SHA-256.</summary>
    public string PackageCache => Path.Combine(Root, "cache");

    /// <summary>Uploads under way; emptied at start.</summary>
    public string Staging => Path.Combine(Root, "staging");

    /// <summary>The embedded PostgreSQL's data.</summary>
    public string Postgres => Path.Combine(Root, "postgres");

    /// <summary>Master key and data protection keys; mode 0700.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>The archive with this digest: <c>packages/{sha256}.tar</c>, whatever its compression.</summary>
    public string PackagePath(string sha256) => Path.Combine(Packages, sha256 + ".tar");
}
