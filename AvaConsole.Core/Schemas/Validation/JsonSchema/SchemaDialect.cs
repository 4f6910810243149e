namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>Drafts whose keywords are told apart.</summary>
internal enum SchemaDraft
{
    Draft4,
    Draft6,
    Draft7,
    Draft201909,
    Draft202012,
}

/// <summary>What the keywords of a schema document mean.</summary>
/// <param name="Validates">The assertions of the validation vocabulary are on.</param>
/// <param name="AssertsFormat">The format-assertion vocabulary is on.</param>
internal readonly record struct SchemaDialect(SchemaDraft Draft, bool Validates, bool AssertsFormat)
{
    private const string Vocabulary = "/vocab/";

    private static readonly string[] s_known =
        ["core", "applicator", "unevaluated", "validation", "meta-data", "format", "format-annotation", "format-assertion", "content"];

    public static SchemaDialect Latest { get; } = new(SchemaDraft.Draft202012, true, false);

    /// <summary>The dialect that <c>$schema</c> names, where it is one of the specification's own.</summary>
    public static SchemaDialect? Find(string uri)
    {
        var name = uri.TrimEnd('#');
        name = name.StartsWith("http://", StringComparison.Ordinal) ? name["http://".Length..] : name.Replace("https://", "", StringComparison.Ordinal);
        return name switch
        {
            "json-schema.org/draft-04/schema" => Latest with { Draft = SchemaDraft.Draft4 },
            "json-schema.org/draft-06/schema" => Latest with { Draft = SchemaDraft.Draft6 },
            "json-schema.org/draft-07/schema" => Latest with { Draft = SchemaDraft.Draft7 },
            "json-schema.org/draft/2019-09/schema" => Latest with { Draft = SchemaDraft.Draft201909 },
            "json-schema.org/draft/2020-12/schema" => Latest,
            _ => null,
        };
    }

    /// <summary>The dialect with the vocabularies that a metaschema lists.</summary>
    /// <param name="vocabularies">URI, and whether it has to be understood.</param>
    /// <param name="unknown">One that has to be understood, and is not.</param>
    public SchemaDialect With(IReadOnlyDictionary<string, bool> vocabularies, out string? unknown)
    {
        unknown = vocabularies.Where(one => one.Value).Select(one => one.Key).FirstOrDefault(uri => !s_known.Contains(NameOf(uri)));
        var names = vocabularies.Keys.Select(NameOf).ToList();
        return this with { Validates = names.Contains("validation"), AssertsFormat = names.Contains("format-assertion") };
    }

    private static string NameOf(string uri)
    {
        var at = uri.IndexOf(Vocabulary, StringComparison.Ordinal);
        return at > 0 && uri.StartsWith("https://json-schema.org/draft/", StringComparison.Ordinal) ? uri[(at + Vocabulary.Length)..] : "";
    }
}
