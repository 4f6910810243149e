using System.Text.Json;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>What is indexed of a registry, and when it is out of date.</summary>
/// <param name="Stamp">Differs as soon as anything of it may have changed.</param>
internal sealed record RegistryStamp(Guid Id, string Name, string Host, string Stamp);

/// <summary>Reads the index out of the database, without the layers, which are most of it.</summary>
internal sealed class CatalogueLoader(IDbContextFactory<AvaDbContext> contexts, NpgsqlDataSource database)
{
    private const int MaxLabelText = 2_000;

    private const string TagsOf = """
        SELECT t.repository_id, t.name, t.digest, t.state, t.previous_digest <> '', i.size_bytes, i.created_at, i.artifact_type,
               i.platforms -> 0 ->> 'labels', i.platforms -> 0 ->> 'environmentNames'
        FROM image_tags t
        JOIN image_repositories r ON r.id = t.repository_id
        LEFT JOIN images i ON i.digest = t.digest
        WHERE r.registry_id = $1
        """;

    public async Task<IReadOnlyList<RegistryStamp>> StampsAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var rows = await db.ImageRegistries.AsNoTracking()
            .Select(registry => new { registry.Id, registry.Name, registry.Host, registry.IndexRevision, registry.Revision })
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return rows.ConvertAll(row => new RegistryStamp(row.Id, row.Name, row.Host, $"{row.IndexRevision}.{row.Revision}"));
    }

    public async Task<IReadOnlyList<CatalogueImage>> LoadAsync(RegistryStamp registry, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var repositories = await db.ImageRepositories.AsNoTracking().Where(repository => repository.RegistryId == registry.Id).ToListAsync(ct).ConfigureAwait(false);
        var names = repositories.ToDictionary(repository => repository.Id, repository => repository.Path[(repository.Path.LastIndexOf('/') + 1)..]);
        var tags = await TagsAsync(registry.Id, names, ct).ConfigureAwait(false);
        return
        [
            .. repositories.Select(repository => new CatalogueImage
            {
                Registry = registry.Name,
                Host = registry.Host,
                Path = repository.Path,
                Base = ImageReference.TryParse($"{registry.Host}/{repository.Path}", out var reference) ? BaseImages.Find(reference) : null,
                Tags = tags.GetValueOrDefault(repository.Id) ?? [],
                ListedAt = repository.ListedAt,
                IsCut = repository.IsCut,
                ErrorCode = repository.ErrorCode,
                ErrorArgs = repository.ErrorArgs,
            }),
        ];
    }

    private async Task<Dictionary<Guid, List<CatalogueTag>>> TagsAsync(Guid registryId, Dictionary<Guid, string> names, CancellationToken ct)
    {
        var found = new Dictionary<Guid, List<CatalogueTag>>();
        var texts = new LabelTexts();
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(TagsOf, connection) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = registryId } } };
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            var repository = reader.GetGuid(0);
            // Added since the repositories were read: the next round has both.
            if (!names.TryGetValue(repository, out var name)) continue;
            if (!found.TryGetValue(repository, out var tags)) found[repository] = tags = [];
            tags.Add(Tag(reader, name, texts));
        }

        return found;
    }

    private static CatalogueTag Tag(NpgsqlDataReader reader, string name, LabelTexts texts)
    {
        var tag = texts.Once(reader.GetString(1));
        var (labels, labelText) = reader.IsDBNull(8) ? (null, "") : texts.Labels(reader.GetString(8));
        var environment = reader.IsDBNull(9) ? null : texts.Names(reader.GetString(9));
        var facets = ImageFacets.Of(name, tag, labels, environment);
        return new CatalogueTag(
            tag, reader.GetString(2), Enum.Parse<TagState>(reader.GetString(3)), reader.GetBoolean(4), reader.IsDBNull(5) ? 0 : reader.GetInt64(5),
            reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6), reader.IsDBNull(7) ? "" : texts.Once(reader.GetString(7)), texts.Once(facets))
        {
            LabelText = labelText,
        };
    }

    /// <summary>Tags, labels and facets repeat a thousand times; each is kept, and taken apart, once.</summary>
    private sealed class LabelTexts
    {
        private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
        private readonly Dictionary<ImageFacets, ImageFacets> _facets = [];
        private readonly Dictionary<string, (Dictionary<string, string>, string)> _labels = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string[]> _names = new(StringComparer.Ordinal);

        public string Once(string text) => _texts.TryGetValue(text, out var known) ? known : _texts[text] = text;

        public ImageFacets Once(ImageFacets facets) => _facets.TryGetValue(facets, out var known) ? known : _facets[facets] = facets;

        public (Dictionary<string, string> Labels, string Text) Labels(string json)
        {
            if (!_labels.TryGetValue(json, out var known))
            {
                var labels = JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
                var text = string.Join('\n', labels.Values).ToLowerInvariant();
                _labels[json] = known = (labels, Once(text.Length > MaxLabelText ? text[..MaxLabelText] : text));
            }

            return known;
        }

        public string[] Names(string json) => _names.TryGetValue(json, out var known) ? known : _names[json] = JsonSerializer.Deserialize<string[]>(json) ?? [];
    }
}
