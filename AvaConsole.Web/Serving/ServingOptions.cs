using System.ComponentModel.DataAnnotations;

namespace AvaConsole.Web.Serving;

public sealed class ServingOptions
{
    public const string Section = "Serving";

    /// <summary>MiB that the bodies of all calls, and answers of more than a MiB, together may hold; beyond it a call is refused at once (429). Default 256; 32–65536.</summary>
    [Range(32, 65536)]
    public int MaxBufferedMegabytes { get; set; } = 256;

    /// <summary>
    /// Seconds that fetching a payload from its <c>http(s):</c> URI may take in all, redirects and slow bodies included: a caller must not keep
    /// a request open for as long as some server likes. Default 10; 1–300.
    /// </summary>
    [Range(1, 300)]
    public int FetchSeconds { get; set; } = 10;

    /// <summary>MiB of the body of one Open Inference Protocol request, unpacked. Default 64; 1–2000.</summary>
    [Range(1, 2000)]
    public int MaxTensorMegabytes { get; set; } = 64;

    /// <summary>MiB of the answer to one Open Inference Protocol request, as JSON about three times what it is in binary form. Default 128; 1–2000.</summary>
    [Range(1, 2000)]
    public int MaxAnswerMegabytes { get; set; } = 128;
}
