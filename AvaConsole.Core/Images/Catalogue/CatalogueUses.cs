using AvaConsole.Core.Configuration;
using AvaConsole.Core.Data;
using AvaConsole.Core.Deployments;
using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>A release of an image.</summary>
/// <param name="Phase">In the live configuration; null where that does not hold it.</param>
/// <param name="Image">As the release names it.</param>
/// <param name="RunsOnGpu">A host runs its model on CUDA now.</param>
public sealed record ImageUse(Guid ReleaseId, string Command, string Version, ReleaseState State, string? Phase, ImageReference Image, string Digest, bool RunsOnGpu);

/// <summary>Tells which releases an image is in, and where those are deployed.</summary>
public sealed class CatalogueUses(IDbContextFactory<AvaDbContext> contexts, LiveReleases live, HostStatusService hosts)
{
    private const int MaxUses = 200;

    /// <param name="digest">Releases of this digest count under whatever name; empty for those of the repository alone.</param>
    /// <returns>What is deployed first, then the youngest; at most 200.</returns>
    public async Task<IReadOnlyList<ImageUse>> ListAsync(string host, string path, string digest, CancellationToken ct)
    {
        var names = Names(host, path);
        var (first, second) = (names[0], names[^1]);
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var rows = await db.Releases.AsNoTracking()
            .Where(release =>
                release.Image == first || release.Image.StartsWith(first + ":") || release.Image.StartsWith(first + "@")
                || release.Image == second || release.Image.StartsWith(second + ":") || release.Image.StartsWith(second + "@")
                || (digest != "" && release.ImageDigest == digest))
            .OrderByDescending(release => release.CreatedAt)
            .Take(MaxUses)
            .Select(release => new { release.Id, release.App.Command, release.Version, release.State, release.Image, release.ImageDigest })
            .ToListAsync(ct)
            .ConfigureAwait(false);
        if (rows.Count == 0)
        {
            return [];
        }

        var phases = (await live.TryReadAsync(null, ct).ConfigureAwait(false)).ToDictionary(release => (release.Command, release.Version), release => release.Document.Phase);
        var uses = new List<ImageUse>(rows.Count);
        foreach (var row in rows)
        {
            if (ImageReference.TryParse(row.Image, out var image))
            {
                var phase = phases.GetValueOrDefault((row.Command, row.Version));
                uses.Add(new ImageUse(row.Id, row.Command, row.Version, row.State, phase, image, row.ImageDigest, RunsOnGpu(row.Command, row.Version)));
            }
        }

        return [.. uses.OrderByDescending(use => Rank(use.Phase))];
    }

    /// <summary>Docker Hub's images are usually named without its host, and its own ones without their namespace.</summary>
    private static string[] Names(string host, string path)
    {
        var name = $"{host}/{path}";
        string[] shorter = [path[(path.LastIndexOf('/') + 1)..], path];
        return [name, shorter.FirstOrDefault(text => ImageReference.TryParse(text, out var reference) && reference.Registry.Length == 0 && reference.Qualified().Repository == name) ?? name];
    }

    private static int Rank(string? phase) => phase switch
    {
        Phases.Production => 3,
        Phases.Grey => 2,
        Phases.Staging => 1,
        _ => 0,
    };

    private bool RunsOnGpu(string command, string version) => hosts.Hosts
        .SelectMany(host => host.Models)
        .Any(model => model.App == command && model.Version == version && model.Plans.Any(plan => plan.Device == "CUDA"));
}
