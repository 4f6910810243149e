using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;

namespace AvaConsole.Inference.Packages;

/// <summary>A package's unpacked files, kept while it is held.</summary>
/// <param name="Root">The folder that the model and its description are in.</param>
internal sealed record PackageRoot(CacheLease Lease, string Root) : IDisposable
{
    public string Folder => Lease.Folder;

    /// <summary>Error: <c>package.*</c>, <c>egress.*</c>.</summary>
    public static async Task<Result<PackageRoot>> OpenAsync(PackageCache packages, ModelPackage package, CancellationToken ct)
    {
        var found = await packages.GetFolderAsync(package.Sha256, package.SourceUrl ?? "", ct).ConfigureAwait(false);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var root = PackageContent.FindRoot(found.Value.Folder);
        if (root.IsSuccess)
        {
            return new PackageRoot(found.Value, root.Value);
        }

        found.Value.Dispose();
        return root.Error;
    }

    public void Dispose() => Lease.Dispose();
}
