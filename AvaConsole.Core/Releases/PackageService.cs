using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Releases;

/// <summary>Takes in model packages: streams to disk, hashes, inspects, keeps by digest.</summary>
public sealed class PackageService
{
    public Task<IReadOnlyList<ModelPackage>> ListAsync(CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<ModelPackage>> GetAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>
    /// Streams <paramref name="content"/> to disk without holding it in memory, up to 8 GiB. The same digest again returns the
    /// package that is there.
    /// </summary>
    /// <param name="progress">Bytes received so far.</param>
    public Task<Result<ModelPackage>> AddAsync(Stream content, string fileName, IProgress<long>? progress, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>The same from a URL, through the egress client.</summary>
    public Task<Result<ModelPackage>> AddFromUrlAsync(Uri url, IProgress<long>? progress, Actor actor, CancellationToken ct) => throw new NotImplementedException();
}
