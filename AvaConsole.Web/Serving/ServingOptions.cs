using System.ComponentModel.DataAnnotations;

namespace AvaConsole.Web.Serving;

public sealed class ServingOptions
{
    public const string Section = "Serving";

    /// <summary>MiB that the bodies of all calls together may hold; beyond it a call is refused at once (429). Default 256; 32–65536.</summary>
    [Range(32, 65536)]
    public int MaxBufferedMegabytes { get; set; } = 256;
}
