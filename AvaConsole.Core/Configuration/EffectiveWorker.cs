namespace AvaConsole.Core.Configuration;

/// <summary>The worker document that applies to one release, and the key it came from.</summary>
/// <param name="Document">The most specific document that exists, whole.</param>
/// <param name="SourceKey">Its key; null where none exists and <see cref="WorkerDocument.BuiltIn"/> serves.</param>
public sealed record EffectiveWorker(WorkerDocument Document, string? SourceKey)
{
    /// <summary>Looks from the release over the app to the global default. A document that cannot be parsed is passed over.</summary>
    /// <param name="find">Returns the value of a key, or null.</param>
    /// <param name="app">Null for what holds for apps without a document of their own.</param>
    /// <param name="version">Null for what holds for releases without a document of their own.</param>
    public static EffectiveWorker For(string? app, string? version, Func<string, ReadOnlyMemory<byte>?> find)
    {
        foreach (var key in Keys(app, version))
        {
            if (find(key) is { } value && ConfigJson.TryParse<WorkerDocument>(value, out var document))
            {
                return new EffectiveWorker(document, key);
            }
        }

        return new EffectiveWorker(WorkerDocument.BuiltIn, null);
    }

    private static IEnumerable<string> Keys(string? app, string? version)
    {
        if (app is not null)
        {
            if (version is not null)
            {
                yield return ConfigKey.WorkerRelease(app, version);
            }

            yield return ConfigKey.WorkerAppDefault(app);
        }

        yield return ConfigKey.WorkerDefault;
    }
}
