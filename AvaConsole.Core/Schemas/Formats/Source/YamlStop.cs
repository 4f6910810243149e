using YamlDotNet.Core;

namespace AvaConsole.Core.Schemas.Formats.Source;

/// <summary>
/// Where the YAML scanner stumbles: over a comment at the beginning of a line within brackets it throws <see cref="InvalidOperationException"/>,
/// which names no place.
/// </summary>
internal static class YamlStop
{
    public static Mark In(string text)
    {
        var scanner = new Scanner(new StringReader(text));
        try
        {
            while (scanner.MoveNext())
            {
                // On to the place.
            }
        }
        catch (InvalidOperationException)
        {
            // There.
        }

        return scanner.CurrentPosition;
    }
}
