using System.Text.Json;
using AvaConsole.Core.Common;
using YamlDotNet.Core;

namespace AvaConsole.Core.Schemas.Formats.Source;

/// <summary>Reads a text that is JSON or YAML into <see cref="SourceNode"/>s, within <see cref="SourceLimits"/>.</summary>
internal static class SourceText
{
    public static Result<SourceNode> Parse(string text)
    {
        if (text.Length > SourceLimits.MaxLength)
        {
            return new InvalidError("", "import.too_large", SourceLimits.MaxLength);
        }

        var content = text.StartsWith('\ufeff') ? text[1..] : text;
        try
        {
            return LooksLikeJson(content) ? JsonSource.Read(content) : YamlSource.Read(content);
        }
        catch (SourceRefusedException refused)
        {
            return new InvalidError([refused.Problem]);
        }
        catch (JsonException exception)
        {
            return new InvalidError("", "import.not_json", (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1);
        }
        catch (YamlException exception)
        {
            return new InvalidError("", "import.not_yaml", exception.Start.Line, exception.Start.Column);
        }
        catch (InvalidOperationException)
        {
            var stop = YamlStop.In(content);
            return new InvalidError("", "import.not_yaml", stop.Line, stop.Column);
        }
    }

    // YAML's flow style begins with the same characters, but nobody writes whole documents in it.
    private static bool LooksLikeJson(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..];
}
