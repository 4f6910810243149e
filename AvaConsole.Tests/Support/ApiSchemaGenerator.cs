using AvaConsole.Core.Schemas;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Support;

/// <summary>
/// Arbitrary documents that the lint has nothing against: every member of the model, objects and arrays within one another, and names and
/// texts that careless readers take for something else (<c>yes</c>, <c>1e3</c>, <c>~</c>, several lines).
/// </summary>
public static class ApiSchemaGenerator
{
    public static Arbitrary<ApiSchema> Arbitrary { get; } = Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(Create), Shrink);

    /// <summary>The same document for the same seed.</summary>
    public static ApiSchema Create(int seed)
    {
        var random = new Random(seed);
        var schema = new GeneratedParts(random).Schema();
        return random.Next(8) == 0 ? schema with { Parameters = [] } : schema;
    }

    /// <summary>Documents that say a little less.</summary>
    public static IEnumerable<ApiSchema> Shrink(ApiSchema schema)
    {
        foreach (var less in Without(schema.Parameters))
            yield return schema with { Parameters = less };

        foreach (var less in Without(schema.Payload))
            yield return schema with { Payload = less };

        foreach (var less in Without(schema.Response))
            yield return schema with { Response = less };

        foreach (var less in Changed(schema.Parameters, Shrink))
            yield return schema with { Parameters = less };

        foreach (var less in Changed(schema.Payload, Shrink))
            yield return schema with { Payload = less };

        foreach (var less in Changed(schema.Response, Shrink))
            yield return schema with { Response = less };

        if (schema.Gateway != new GatewaySettings())
            yield return schema with { Gateway = new GatewaySettings() };

        if (schema.Description.Length + schema.Title.Length > 0)
            yield return schema with { Description = "", Title = "" };
    }

    private static IEnumerable<ApiParameter> Shrink(ApiParameter parameter)
    {
        var bare = new ApiParameter { Name = parameter.Name, Type = parameter.Type, Items = parameter.Items is null ? null : new ApiParameter() };
        if (parameter.Properties.Count > 0 || parameter.Items is { } items && items != bare.Items)
            yield return bare;

        foreach (var less in Changed(parameter.Properties, Shrink).Concat(Without(parameter.Properties)))
            yield return parameter with { Properties = less, Open = parameter.Open && less.Count > 0 };

        foreach (var less in parameter.Items is null ? [] : Shrink(parameter.Items))
            yield return parameter with { Items = less };

        if (parameter.Description.Length + parameter.Title.Length > 0)
            yield return parameter with { Description = "", Title = "" };

        if (parameter.Default.Length + parameter.Example.Length > 0)
            yield return parameter with { Default = "", Example = "" };

        if (parameter.Enum.Count > 0)
            yield return parameter with { Enum = [], Default = "", Example = "" };
    }

    private static IEnumerable<PayloadEntry> Shrink(PayloadEntry entry)
    {
        if (entry.Content is not null)
            yield return entry with { Content = null };

        if (entry.Description.Length > 0)
            yield return entry with { Description = "" };

        if (entry.Encodings.Count + entry.Formats.Count + entry.Compressions.Count > 0)
            yield return entry with { Encodings = [], Formats = [], Compressions = [] };

        foreach (var content in entry.Content is null ? [] : Shrink(entry.Content))
            yield return entry with { Content = content };
    }

    private static IEnumerable<IReadOnlyList<T>> Without<T>(IReadOnlyList<T> list) =>
        Enumerable.Range(0, list.Count).Select(index => (IReadOnlyList<T>)[.. list.Where((_, at) => at != index)]);

    private static IEnumerable<IReadOnlyList<T>> Changed<T>(IReadOnlyList<T> list, Func<T, IEnumerable<T>> change) =>
        list.SelectMany((item, index) => change(item).Select(less => (IReadOnlyList<T>)[.. list.Select((old, at) => at == index ? less : old)]));
}
