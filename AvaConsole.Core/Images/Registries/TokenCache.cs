using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace AvaConsole.Core.Images.Registries;

/// <summary>
/// What got us in, for each registry, scope and identity. One for all clients: a token is asked for once in its life, not once in a client's.
/// </summary>
internal sealed class TokenCache(TimeProvider clock)
{
    private const int MaxEntries = 10_000;

    private readonly ConcurrentDictionary<Key, Entry> _entries = new();

    /// <summary>The value of <c>Authorization</c> that is good for a while yet; null for none.</summary>
    public string? Find(RegistryEndpoint registry, string scope) =>
        _entries.TryGetValue(KeyOf(registry, scope), out var entry) && clock.GetUtcNow() < entry.RefreshAt ? entry.Authorization : null;

    /// <param name="life">As the token service says it.</param>
    public void Keep(RegistryEndpoint registry, string scope, string authorization, TimeSpan life)
    {
        var now = clock.GetUtcNow();
        if (_entries.Count >= MaxEntries)
        {
            foreach (var (key, entry) in _entries.Where(pair => pair.Value.RefreshAt <= now)) _entries.TryRemove(new KeyValuePair<Key, Entry>(key, entry));
            // Every entry is good, which nobody's daily work reaches: begin again.
            if (_entries.Count >= MaxEntries) _entries.Clear();
        }

        // Early, since the request that carries it takes time and the two clocks differ: a fifth of its life, half a minute at most.
        var early = TimeSpan.FromSeconds(Math.Min(30, life.TotalSeconds / 5));
        _entries[KeyOf(registry, scope)] = new Entry(authorization, now + life - early);
    }

    public void Forget(RegistryEndpoint registry, string scope) => _entries.TryRemove(KeyOf(registry, scope), out _);

    private static Key KeyOf(RegistryEndpoint registry, string scope) => new(
        registry.Address.GetLeftPart(UriPartial.Path),
        scope,
        registry.Credentials is { } user ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.UserName}\0{user.Secret}"))) : "");

    private sealed record Key(string Registry, string Scope, string Identity);

    private sealed record Entry(string Authorization, DateTimeOffset RefreshAt);
}
