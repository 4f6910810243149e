using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Validation.Json;

internal static class JsonFaults
{
    public static Problem Describe(JsonFault fault, ReadOnlySpan<byte> text, int at, int maxDepth)
    {
        if (fault == JsonFault.TooDeep)
        {
            return new Problem("", "validation.too_deep", maxDepth);
        }

        if (fault == JsonFault.NotUtf8)
        {
            return new Problem("", "validation.not_utf8");
        }

        var before = text[..Math.Min(at, text.Length)];
        return new Problem("", "validation.not_json", before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }
}
