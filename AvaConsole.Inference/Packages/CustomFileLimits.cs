namespace AvaConsole.Inference.Packages;

/// <summary>What a release's custom files may take. The defaults are those of packages.</summary>
public sealed record CustomFileLimits
{
    /// <summary>Bytes of one file. Default 2 GiB.</summary>
    public long FileBytes { get; init; } = 2L << 30;

    /// <summary>Bytes of all files of a release. Default 8 GiB.</summary>
    public long TotalBytes { get; init; } = 8L << 30;
}
