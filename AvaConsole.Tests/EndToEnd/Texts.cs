using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>The console's own texts in one language, so that one test runs in both.</summary>
public sealed class Texts(string culture)
{
    private static readonly ConcurrentDictionary<Type, ResourceManager> s_managers = new();
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(culture);

    /// <summary>As the cookie and the <c>lang</c> attribute name it.</summary>
    public string Culture => culture;

    public string Get<TMarker>(string key, params object[] args)
    {
        var text = s_managers.GetOrAdd(typeof(TMarker), type => new ResourceManager(type)).GetString(key, _culture)
            ?? throw new ArgumentException($"{typeof(TMarker).Name} has no text '{key}'.", nameof(key));
        return args.Length == 0 ? text : string.Format(_culture, text, args);
    }
}
