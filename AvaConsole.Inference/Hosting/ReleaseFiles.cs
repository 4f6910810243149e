using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Hosting;

/// <summary>What a release is loaded for.</summary>
internal enum LoadPurpose
{
    /// <summary>To answer requests.</summary>
    Serving,

    /// <summary>To run test cases on a draft: its custom files are fetched anew, and its requests are no traffic and are not metered.</summary>
    Verification,

    /// <summary>To be measured: its requests are no traffic and are not metered.</summary>
    Benchmark,
}

/// <summary>What a release is loaded from, leased from the caches.</summary>
internal sealed class ReleaseFiles(CacheLease package) : IDisposable
{
    public CacheLease Package => package;

    /// <summary>The release's custom files; null for none.</summary>
    public CacheLease? Custom { get; set; }

    /// <summary>The path of the first of these custom files that the release has; null for none.</summary>
    public string? FindCustom(IEnumerable<string> names) =>
        Custom is null ? null : names.Select(name => Path.Combine(Custom.Folder, name)).FirstOrDefault(File.Exists);

    public void Dispose()
    {
        package.Dispose();
        Custom?.Dispose();
    }
}
