using AvaConsole.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Releases;

/// <summary>A release as the live configuration holds it.</summary>
internal sealed record LiveRelease(string Command, string Version, ConfigEntry Entry, ReleaseDocument Document);

/// <summary>Reads releases and their phases out of the live configuration.</summary>
public sealed class LiveReleases(IConfigStore store, ILogger<LiveReleases> logger)
{
    /// <param name="command">Null for all apps.</param>
    /// <exception cref="ConfigStoreUnavailableException">The store does not answer.</exception>
    internal async Task<IReadOnlyList<LiveRelease>> ReadAsync(string? command, CancellationToken ct)
    {
        var prefix = command is null ? ConfigKey.AppReleasePrefix : ConfigKey.AppReleasesOf(command);
        var range = await store.RangeAsync(prefix, ct).ConfigureAwait(false);
        var releases = new List<LiveRelease>(range.Entries.Count);
        foreach (var entry in range.Entries)
        {
            if (ConfigKey.TryParseAppRelease(entry.Key, out var app, out var version) && ConfigJson.TryParse<ReleaseDocument>(entry.Value, out var document))
            {
                releases.Add(new LiveRelease(app, version, entry, document));
            }
            else
            {
                logger.LogWarning("The live configuration holds no readable release at {Key}", entry.Key);
            }
        }

        return releases;
    }

    /// <summary>The same for lists, which are worth showing without phases where the store does not answer.</summary>
    internal async Task<IReadOnlyList<LiveRelease>> TryReadAsync(string? command, CancellationToken ct)
    {
        try
        {
            return await ReadAsync(command, ct).ConfigureAwait(false);
        }
        catch (ConfigStoreUnavailableException exception)
        {
            logger.LogWarning(exception, "The configuration store does not answer; phases are left out");
            return [];
        }
    }
}
