using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Web.Features.Releases.Service;

/// <summary>Stores an edited <c>service.yaml</c>: as a package of its own, which the release's draft then has.</summary>
public sealed class ServiceSaver(ServiceYamlEditor editor, PackageService packages, ReleaseService releases, DataDirectory data)
{
    private static readonly string[] s_suffixes = [".gz", ".tgz", ".zip", ".tar"];

    /// <summary>A draft gets the new package; of any other release, which never changes, a new draft is made that differs in nothing else.</summary>
    /// <returns>The draft. Errors <c>package.*</c>, <c>model.*</c>, <c>release.*</c>.</returns>
    public async Task<Result<Release>> SaveAsync(Release release, string serviceYaml, Actor actor, CancellationToken ct)
    {
        var package = await StoreAsync(release.Package!, serviceYaml, actor, ct);
        if (!package.IsSuccess)
        {
            return package.Error;
        }

        var (isDraft, page) = (release.State == ReleaseState.Draft, Guid.NewGuid());
        var form = ReleaseForm.From(release, keepVersion: isDraft);
        form.Package = package.Value;
        if (!isDraft)
        {
            var version = await releases.ReserveVersionAsync(release.AppId, release.Image, new NameHolder(page, actor.Name), ct);
            if (!version.IsSuccess)
            {
                return version.Error;
            }

            form.Version = version.Value;
        }

        return isDraft
            ? await releases.UpdateAsync(release.Id, form.ToRequest()!, release.Revision, actor, ct)
            : await releases.CreateAsync(release.AppId, form.ToRequest()! with { Page = page }, actor, ct);
    }

    private async Task<Result<ModelPackage>> StoreAsync(ModelPackage package, string serviceYaml, Actor actor, CancellationToken ct)
    {
        Directory.CreateDirectory(data.Staging);
        var path = Path.Combine(data.Staging, $"service-{Guid.NewGuid():n}");
        await using var archive = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        var written = await editor.WriteAsync(package, serviceYaml, archive, ct);
        if (!written.IsSuccess)
        {
            return written.Error;
        }

        archive.Position = 0;
        return await packages.AddAsync(archive, NameOf(package.FileName), null, actor, ct);
    }

    /// <summary>What is written is a plain archive, whatever the first one was.</summary>
    private static string NameOf(string fileName)
    {
        while (Array.Find(s_suffixes, suffix => fileName.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) is { } suffix)
        {
            fileName = fileName[..^suffix.Length];
        }

        return fileName + ".tar";
    }
}
