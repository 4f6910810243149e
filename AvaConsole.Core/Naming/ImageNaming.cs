using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Naming;

/// <summary>Names for images, beside those of recipes, of the catalogue, and of pages that are open.</summary>
public sealed class ImageNaming(IDbContextFactory<AvaDbContext> contexts, NameReservations reservations, ConsoleClock clock)
{
    private const string Name = nameof(Name);

    /// <param name="holder">Null only to look.</param>
    internal async Task<ImageNameVerdict> CheckAsync(ImageNameQuery query, NameHolder? holder, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var verdict = new ImageNameVerdict { Today = await clock.TodayAsync(ct).ConfigureAwait(false) };
        var judged = query.Form == ImageNameForm.Dated
            ? await DateAsync(db, query, verdict, holder, ct).ConfigureAwait(false)
            : await FindOtherAsync(db, query, ImageNameRules.Judge(query, verdict), holder, ct).ConfigureAwait(false);
        return ImageNameRules.Place(judged, query);
    }

    internal async Task<IReadOnlyList<ImageTarget>> ListTargetsAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.ImageRegistries.OrderBy(registry => registry.Name).Select(registry => new ImageTarget(registry.Host, registry.Namespace)).ToListAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Counts up to the first number that nobody has.</summary>
    private async Task<ImageNameVerdict> DateAsync(AvaDbContext db, ImageNameQuery query, ImageNameVerdict verdict, NameHolder? holder, CancellationToken ct)
    {
        if (ImageNameRules.CheckParts(query) is { Count: > 0 } problems)
        {
            await LetGoAsync(db, holder, ct).ConfigureAwait(false);
            return verdict with { Problems = problems };
        }

        if (ImageName.TryParse(query.Own, out var own) && (own.Framework, own.Device, own.Kind) == (query.Framework, query.Device, query.Kind))
        {
            await LetGoAsync(db, holder, ct).ConfigureAwait(false);
            return verdict with { Name = query.Own, Recommended = query.Own, Parts = own };
        }

        var name = new ImageName(query.Framework, query.Device, query.Kind, verdict.Today.Date, 1);
        if (holder is null)
        {
            var held = await reservations.OfOthersAsync(db, NameReservations.Images, Guid.Empty, ct).ConfigureAwait(false);
            await ChooseAsync(held.Select(one => one.Name).ToHashSet(StringComparer.Ordinal), ct).ConfigureAwait(false);
        }
        else
        {
            await reservations.ReserveAsync(NameReservations.Images, holder, ChooseAsync, ct).ConfigureAwait(false);
        }

        return verdict with { Name = name.ToString(), Recommended = name.ToString(), Parts = name };

        async Task<string> ChooseAsync(IReadOnlySet<string> reserved, CancellationToken stop)
        {
            var start = (name with { Sequence = 0 }).ToString();
            var taken = await TakenAsync(db, start, stop).ConfigureAwait(false);
            name = (name with { Sequence = 1 }).NextFree(text => reserved.Contains(text) || taken.Contains(text));
            return name.ToString();
        }
    }

    /// <summary>Names of recipes, and last parts of the catalogue's repositories, that begin so.</summary>
    private static async Task<HashSet<string>> TakenAsync(AvaDbContext db, string start, CancellationToken ct)
    {
        var recipes = await db.Recipes.Where(recipe => recipe.Name.StartsWith(start)).Select(recipe => recipe.Name).ToListAsync(ct).ConfigureAwait(false);
        var paths = await db.ImageRepositories.Where(repository => repository.Path.Contains(start)).Select(repository => repository.Path).ToListAsync(ct).ConfigureAwait(false);
        return [.. recipes, .. paths.Select(path => path[(path.LastIndexOf('/') + 1)..])];
    }

    private async Task<ImageNameVerdict> FindOtherAsync(AvaDbContext db, ImageNameQuery query, ImageNameVerdict verdict, NameHolder? holder, CancellationToken ct)
    {
        if (verdict.Problems.Count > 0 || verdict.Name.Length == 0 || verdict.Name == query.Own)
        {
            await LetGoAsync(db, holder, ct).ConfigureAwait(false);
            return verdict;
        }

        var name = verdict.Name;
        if (holder is not null)
        {
            await reservations.HoldAsync(db, NameReservations.Images, name, holder, ct).ConfigureAwait(false);
        }

        var held = await reservations.FindOtherAsync(db, NameReservations.Images, name, holder?.Page ?? Guid.Empty, ct).ConfigureAwait(false);
        var recipe = await db.Recipes.Where(one => one.Name == name).Select(one => one.CreatedBy).FirstOrDefaultAsync(ct).ConfigureAwait(false);
        var problem = held is not null ? new Problem(Name, "image_name.reserved", name, held.HolderName)
            : recipe is not null ? new Problem(Name, "image_name.recipe_taken", name, recipe)
            : null;
        if (problem is null)
        {
            return verdict with { Warnings = [.. verdict.Warnings, .. await FindInCatalogueAsync(db, name, ct).ConfigureAwait(false)] };
        }

        await LetGoAsync(db, recipe is null ? null : holder, ct).ConfigureAwait(false);
        return verdict with { Problems = [problem], Proposal = await ProposeAsync(db, verdict, holder, ct).ConfigureAwait(false) };
    }

    /// <summary>The same name with a number behind it.</summary>
    private async Task<string> ProposeAsync(AvaDbContext db, ImageNameVerdict verdict, NameHolder? holder, CancellationToken ct)
    {
        var (name, tag) = ImageNameRules.Split(verdict.Name);
        var taken = await TakenAsync(db, name, ct).ConfigureAwait(false);
        taken.UnionWith((await reservations.OfOthersAsync(db, NameReservations.Images, holder?.Page ?? Guid.Empty, ct).ConfigureAwait(false)).Select(one => one.Name));
        return Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{name}-{number}").First(next => !taken.Contains(next) && !taken.Contains(ImageNameRules.Join(next, tag))) is var free
            ? ImageNameRules.Join(free, tag)
            : "";
    }

    /// <summary>An image of that name and tag would lose it to the new one: it can be meant, as when an image is built anew.</summary>
    private static async Task<IReadOnlyList<Problem>> FindInCatalogueAsync(AvaDbContext db, string text, CancellationToken ct)
    {
        var (name, tag) = ImageNameRules.Split(text);
        var end = "/" + name;
        var found = await db.ImageRepositories
            .Where(repository => repository.Path == name || repository.Path.EndsWith(end))
            .Where(repository => tag.Length == 0 || repository.Tags.Any(one => one.Name == tag))
            .OrderBy(repository => repository.Path)
            .Select(repository => repository.Registry.Host + "/" + repository.Path)
            .FirstOrDefaultAsync(ct)
            .ConfigureAwait(false);
        return found is null ? [] : [new Problem(Name, tag.Length > 0 ? "image_name.tag_moves" : "image_name.repository_known", text, ImageNameRules.Join(found, tag))];
    }

    private async Task LetGoAsync(AvaDbContext db, NameHolder? holder, CancellationToken ct)
    {
        if (holder is not null)
        {
            await reservations.HoldAsync(db, NameReservations.Images, null, holder, ct).ConfigureAwait(false);
        }
    }
}
