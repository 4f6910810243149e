namespace AvaConsole.Core.Configuration;

/// <summary>The worker document that applies to one release, and the key it came from.</summary>
/// <param name="Document">The most specific document that exists, whole.</param>
/// <param name="SourceKey">Its key; null where none exists and <see cref="WorkerDocument.BuiltIn"/> serves.</param>
public sealed record EffectiveWorker(WorkerDocument Document, string? SourceKey)
{
    /// <summary>Looks from the release over the app to the global default. A document that cannot be parsed is passed over.</summary>
    /// <param name="find">Returns the value of a key, or null.</param>
    public static EffectiveWorker For(string app, string version, Func<string, ReadOnlyMemory<byte>?> find)
    {
        foreach (var key in (string[])[ConfigKey.WorkerRelease(app, version), ConfigKey.WorkerAppDefault(app), ConfigKey.WorkerDefault])
        {
            if (find(key) is { } value && ConfigJson.TryParse<WorkerDocument>(value, out var document))
            {
                return new EffectiveWorker(document, key);
            }
        }

        return new EffectiveWorker(WorkerDocument.BuiltIn, null);
    }
}
