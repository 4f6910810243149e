using AvaConsole.Core.Accounts;

namespace AvaConsole.Web.Components.Palette;

/// <summary>Asks every source and ranks what comes back.</summary>
public sealed class PaletteSearch(IEnumerable<IPaletteSource> sources, ILogger<PaletteSearch> logger)
{
    private const int PerGroup = 8;

    /// <returns>Groups in the order of their best command where something was typed, else in their fixed order; never an empty one.</returns>
    public async Task<IReadOnlyList<IGrouping<PaletteGroup, PaletteCommand>>> FindAsync(string query, Actor actor, CancellationToken ct)
    {
        var ranked = new List<(PaletteCommand Command, int Score)>();
        foreach (var source in sources)
        {
            foreach (var command in await AskAsync(source, query, actor, ct))
            {
                ranked.Add((command, PaletteMatch.Score(command, query)));
            }
        }

        var found = ranked.Where(match => match.Score > 0).OrderByDescending(match => match.Score).ThenBy(match => match.Command.Group).ToList();
        var groups = found.GroupBy(match => match.Command.Group, match => match.Command);
        if (query.Length == 0)
        {
            groups = groups.OrderBy(group => group.Key);
        }

        return [.. groups.SelectMany(group => group.Take(PerGroup).GroupBy(_ => group.Key))];
    }

    private async ValueTask<IReadOnlyList<PaletteCommand>> AskAsync(IPaletteSource source, string query, Actor actor, CancellationToken ct)
    {
        try
        {
            return await source.FindAsync(query, actor, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One part that does not answer must not take the others, above all the pages, out of the palette.
            logger.LogWarning(exception, "The palette source {Source} failed", source.GetType().Name);
            return [];
        }
    }
}
