namespace AvaConsole.Inference.Packages;

/// <summary>What an archive may ask of the machine. Beyond any of them it is refused, and nothing of it is kept.</summary>
public sealed record UnpackLimits
{
    private const long GiB = 1L << 30;

    /// <summary>Files and folders. Default 4,096.</summary>
    public int Entries { get; init; } = 4096;

    /// <summary>Names in one path. Default 8.</summary>
    public int Depth { get; init; } = 8;

    /// <summary>Bytes of one file. Default 2 GiB.</summary>
    public long FileBytes { get; init; } = 2 * GiB;

    /// <summary>Bytes of all files. Default 8 GiB.</summary>
    public long TotalBytes { get; init; } = 8 * GiB;

    /// <summary>Unpacked bytes for each byte of a compressed archive. Default 100; models compress by less than 20.</summary>
    public int Ratio { get; init; } = 100;

    /// <summary>Unpacked bytes up to which the ratio does not matter: short texts compress well. Default 32 MiB.</summary>
    public long RatioFrom { get; init; } = 32L << 20;
}
