using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>Strings of a parameter's format, pattern and length.</summary>
internal static class SampleString
{
    private const int MaxLength = 1_048_576;
    private static readonly int[] s_extras = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128, 256, 512, 1024];
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Strings that may do, the most telling first. Another ordinal gives others, so that elements differ.</summary>
    public static IEnumerable<string> Make(ApiParameter parameter, int ordinal)
    {
        var candidates = parameter.Pattern.Length > 0 ? FromPattern(parameter, ordinal) : FromFormat(parameter, ordinal);
        return candidates.Where(text => HasLength(parameter, text) && Matches(parameter.Pattern, text));
    }

    private static IEnumerable<string> FromPattern(ApiParameter parameter, int ordinal)
    {
        if (OfFormat(parameter.Format, ordinal) is { } formatted)
        {
            yield return formatted;
        }

        if (PatternText.Parse(parameter.Pattern) is not { } pattern)
        {
            yield break;
        }

        for (var variant = ordinal; variant < ordinal + 4; variant++)
        {
            foreach (var extra in s_extras)
            {
                var text = pattern.Write(extra, variant);
                yield return text;
                // A pattern without an end may be followed by anything.
                if (text.Length < parameter.MinLength)
                {
                    yield return text.PadRight(parameter.MinLength.Value, 'a');
                }
            }
        }
    }

    private static IEnumerable<string> FromFormat(ApiParameter parameter, int ordinal)
    {
        if (OfFormat(parameter.Format, ordinal) is { } formatted)
        {
            yield return formatted;
            yield break;
        }

        var mark = ordinal == 0 ? "" : ordinal.ToString(CultureInfo.InvariantCulture);
        var most = Math.Min(parameter.MaxLength ?? MaxLength, MaxLength);
        var length = Math.Min(Math.Max(parameter.MinLength ?? 0, Math.Min(4 + mark.Length, most)), MaxLength);
        // The mark comes first, so that a short length does not cut it off.
        var text = new StringBuilder(mark);
        while (text.Length < length)
        {
            text.Append(text.Length == mark.Length ? "text" : " text");
        }

        yield return length >= 0 ? text.ToString(0, length) : "";
    }

    private static string? OfFormat(string format, int ordinal)
    {
        var day = (ordinal % 28) + 1;
        return format switch
        {
            "date-time" => $"2026-01-{day:00}T08:30:00Z",
            "date" => $"2026-01-{day:00}",
            "time" => $"08:30:{ordinal % 60:00}Z",
            "duration" => $"PT{ordinal + 1}M",
            "email" or "idn-email" => ordinal == 0 ? "name@example.com" : $"name{ordinal}@example.com",
            "hostname" or "idn-hostname" => $"host{(ordinal == 0 ? "" : ordinal)}.example",
            "ipv4" => $"192.0.2.{(ordinal % 254) + 1}",
            "ipv6" => $"2001:db8::{ordinal + 1:x}",
            "uri" or "iri" or "uri-reference" or "iri-reference" or "url" => ordinal == 0 ? "https://example.com/file" : $"https://example.com/file{ordinal}",
            "uuid" => $"00000000-0000-4000-8000-{ordinal + 1:d12}",
            "byte" => Convert.ToBase64String(Encoding.ASCII.GetBytes($"bytes{ordinal:000}!")),
            "json-pointer" => $"/items/{ordinal}",
            "regex" => "^a+$",
            _ => null,
        };
    }

    private static bool HasLength(ApiParameter parameter, string text)
    {
        var length = text.EnumerateRunes().Count();
        return !(length < parameter.MinLength) && !(length > parameter.MaxLength);
    }

    /// <summary>A pattern that this engine cannot read is left to the check of the whole value.</summary>
    private static bool Matches(string pattern, string text)
    {
        try
        {
            return pattern.Length == 0 || Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, s_timeout);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
