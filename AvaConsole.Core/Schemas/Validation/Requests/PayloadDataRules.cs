using System.Buffers.Text;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Requests;

/// <summary>The data of an entry in base64: of the size that the API allows, and not empty.</summary>
internal sealed class Base64Rule(PayloadEntry entry) : InPlaceRule
{
    // What comes compressed has another size than the data has.
    private readonly bool _isSized = !entry.Compressions.Contains("gzip");

    public override bool Evaluate(ref ValidationRun run, int row)
    {
        if (run.Rows[row].Kind != JsonKind.String)
        {
            return true;
        }

        // On the bytes as they came: no copy of what may be megabytes.
        if (!Base64.IsValid(run.Text(row), out var length))
        {
            return run.IsCollecting && run.FailWith(row, "", "request.not_base64");
        }

        return length == 0
            ? run.IsCollecting && run.FailWith(row, "", "request.payload_no_bytes")
            : !_isSized || SizeRule.Evaluate(ref run, row, length, entry);
    }
}

internal sealed class TextSizeRule(PayloadEntry entry) : InPlaceRule
{
    public override bool Evaluate(ref ValidationRun run, int row) =>
        run.Rows[row].Kind != JsonKind.String || SizeRule.Evaluate(ref run, row, run.Text(row).Length, entry);
}

internal static class SizeRule
{
    public static bool Evaluate(ref ValidationRun run, int row, long bytes, PayloadEntry entry)
    {
        if (bytes < entry.MinBytes)
        {
            return run.IsCollecting && run.FailWith(row, "", "request.payload_too_small", entry.MinBytes);
        }

        return !(bytes > entry.MaxBytes) || (run.IsCollecting && run.FailWith(row, "", "request.payload_too_large", entry.MaxBytes));
    }
}

internal sealed class UriSchemeRule : InPlaceRule
{
    public override bool Evaluate(ref ValidationRun run, int row)
    {
        if (run.Rows[row].Kind != JsonKind.String)
        {
            return true;
        }

        var text = run.Text(row);
        return Has(text, "data:"u8) || Has(text, "http://"u8) || Has(text, "https://"u8) || (run.IsCollecting && run.FailWith(row, "", "request.uri_scheme"));
    }

    private static bool Has(ReadOnlySpan<byte> text, ReadOnlySpan<byte> scheme) =>
        text.Length >= scheme.Length && System.Text.Ascii.EqualsIgnoreCase(text[..scheme.Length], scheme);
}

/// <summary>A tensor's own shape fits the API's, where -1 is any length.</summary>
internal sealed class ShapeRule(IReadOnlyList<long> shape) : InPlaceRule
{
    public override bool Evaluate(ref ValidationRun run, int row) =>
        Fits(ref run, row) || (run.IsCollecting && run.FailWith(row, "", "request.shape", $"[{string.Join(", ", shape)}]"));

    private bool Fits(ref ValidationRun run, int row)
    {
        if (run.Rows[row].Kind != JsonKind.Array || (shape.Count > 0 && shape.Count != run.Rows[row].Length))
        {
            return false;
        }

        var index = 0;
        for (var item = row + 1; item < run.Rows[row].Next; item = run.Rows[item].Next)
        {
            var isLength = run.Rows[item].Kind == JsonKind.Number && run.Rows[item].IsPlainInteger && JsonNumber.Parse(run.Raw(item)).TryGetSmall(out var length)
                && length > 0
                && (shape.Count == 0 || shape[index] == -1 || shape[index] == length);
            if (!isLength)
            {
                return false;
            }

            index++;
        }

        return true;
    }
}
