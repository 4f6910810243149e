using System.Collections.Immutable;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>
/// The whole catalogue in memory, so that facets with counts over 100,000 tags keep up with typing. Whoever asks gets what there is at once; whether the
/// database has more is looked up behind their back, once a second at most, and only registries that changed are read again. When something new is
/// there it says so with the topic <see cref="Topic"/>.
/// </summary>
public sealed class CatalogueIndex(
    IDbContextFactory<AvaDbContext> contexts, NpgsqlDataSource database, ConsoleEvents events, TimeProvider clock, ILogger<CatalogueIndex> logger) : IDisposable
{
    /// <summary>Published when another snapshot is there.</summary>
    public const string Topic = "catalogue";

    private static readonly TimeSpan s_checkEvery = TimeSpan.FromSeconds(1);

    /// <summary>A registry that is being refreshed changes all the time: reading it takes no more than this share of it.</summary>
    private const int ReadingShare = 10;

    private readonly CatalogueLoader _loader = new(contexts, database);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private ImmutableDictionary<Guid, Part> _parts = ImmutableDictionary<Guid, Part>.Empty;
    private volatile CatalogueSnapshot? _snapshot;
    private long _checkedAt;
    private long _pauseTicks = s_checkEvery.Ticks;
    private int _checking;

    /// <summary>What is known now. Only the very first caller waits for the database.</summary>
    public async ValueTask<CatalogueSnapshot> GetAsync(CancellationToken ct)
    {
        if (_snapshot is not { } snapshot)
        {
            return await RefreshAsync(ct).ConfigureAwait(false);
        }

        if (clock.GetElapsedTime(Interlocked.Read(ref _checkedAt)).Ticks >= Interlocked.Read(ref _pauseTicks))
        {
            Check();
        }

        return snapshot;
    }

    /// <summary>Looks for changes now and reads them.</summary>
    public async Task<CatalogueSnapshot> RefreshAsync(CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _stopping.Token);
        await _reading.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            var started = clock.GetTimestamp();
            Interlocked.Exchange(ref _checkedAt, started);
            var snapshot = await ReadAsync(either.Token).ConfigureAwait(false);
            Interlocked.Exchange(ref _pauseTicks, Math.Max(s_checkEvery.Ticks, clock.GetElapsedTime(started).Ticks * ReadingShare));
            return snapshot;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>Looks for changes in the background, unless that is being done.</summary>
    internal void Check()
    {
        if (_stopping.IsCancellationRequested || Interlocked.Exchange(ref _checking, 1) == 1)
        {
            return;
        }

        // A page's culture and tracing must not follow into work that is everybody's.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(CheckAsync);
        }
    }

    private async Task CheckAsync()
    {
        try
        {
            await RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The console stops.
        }
        catch (Exception exception)
        {
            // What is in memory stays; the next question looks again.
            logger.LogWarning(exception, "The catalogue could not be read");
        }
        finally
        {
            Volatile.Write(ref _checking, 0);
        }
    }

    private async Task<CatalogueSnapshot> ReadAsync(CancellationToken ct)
    {
        var stamps = await _loader.StampsAsync(ct).ConfigureAwait(false);
        var parts = ImmutableDictionary.CreateBuilder<Guid, Part>();
        foreach (var stamp in stamps)
        {
            var known = _parts.GetValueOrDefault(stamp.Id);
            parts.Add(stamp.Id, known is not null && known.Stamp == stamp ? known : new Part(stamp, await _loader.LoadAsync(stamp, ct).ConfigureAwait(false)));
        }

        if (_snapshot is { } same && parts.Count == _parts.Count && parts.All(part => ReferenceEquals(part.Value, _parts.GetValueOrDefault(part.Key))))
        {
            return same;
        }

        var first = _snapshot is null;
        var images = parts.Values.SelectMany(part => part.Images).ToList();
        var snapshot = new CatalogueSnapshot(images.Concat(BaseRows(images)), parts.Count);
        (_parts, _snapshot) = (parts.ToImmutable(), snapshot);
        if (!first)
        {
            events.Publish(Topic);
        }

        return snapshot;
    }

    /// <summary>AVA's base images that no registry of the catalogue holds, so that everybody finds them.</summary>
    private static IEnumerable<CatalogueImage> BaseRows(List<CatalogueImage> images)
    {
        var held = images.Select(image => image.Base?.Name).ToHashSet();
        return BaseImages.All.Where(image => !held.Contains(image.Name)).Select(image => new CatalogueImage
        {
            Path = $"{BaseImages.Namespace}/{image.Name}",
            Base = image,
            Tags =
            [
                .. image.Tags.Select(tag => new CatalogueTag(tag.ToString(), "", TagState.Listed, false, 0, null, "", ImageFacets.Of(image.Name, tag.ToString()))
                {
                    LabelText = (image.HasSdk ? "ava sdk\n" : "") + (image.HasJupyterLab ? "jupyterlab" : ""),
                }),
            ],
        });
    }

    private sealed record Part(RegistryStamp Stamp, IReadOnlyList<CatalogueImage> Images);
}
