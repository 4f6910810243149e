using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace AvaConsole.Web.Features.Apis.Code;

/// <summary>Finds comments in YAML: a <c>#</c> after a space or at the beginning of a line begins one, unless it is within a text.</summary>
public static class YamlComments
{
    /// <summary>Up to the first place that cannot be read.</summary>
    public static bool AreIn(string text)
    {
        if (!text.Contains('#', StringComparison.Ordinal))
        {
            return false;
        }

        var end = 0L;
        try
        {
            var scanner = new Scanner(new StringReader(text));
            while (scanner.MoveNext())
            {
                if (scanner.Current is Scalar scalar)
                {
                    if (Begins(text, end, scalar.Start.Index))
                    {
                        return true;
                    }

                    end = scalar.End.Index;
                }
            }
        }
        catch (YamlException)
        {
            // The reader says what is wrong, and where.
            return false;
        }
        catch (InvalidOperationException)
        {
            // The scanner stumbles over some comments within brackets; the rest begins with that.
        }

        return Begins(text, end, text.Length);
    }

    private static bool Begins(string text, long from, long to)
    {
        for (var at = (int)from; at < Math.Min(to, text.Length); at++)
        {
            if (text[at] == '#' && (at == 0 || char.IsWhiteSpace(text[at - 1])))
            {
                return true;
            }
        }

        return false;
    }
}
