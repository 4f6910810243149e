using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>The strings of a BYTES tensor, as UTF-8: in place where they have no escapes.</summary>
/// <param name="body">What the walked JSON is all of.</param>
/// <param name="texts">As many as there are elements.</param>
internal readonly struct TextSink(ReadOnlyMemory<byte> body, ReadOnlyMemory<byte>[] texts) : IElementSink
{
    public ElementFault Take(ReadOnlySpan<byte> json, ref int at, int index)
    {
        if (at >= json.Length || json[at] != '"')
        {
            return ElementFaults.OfOther(json, at, isNumber: false) is var fault && at < json.Length && json[at] is (>= (byte)'0' and <= (byte)'9') or (byte)'-'
                ? ElementFault.WrongKind
                : fault;
        }

        var length = LengthOf(json[(at + 1)..], out var hasEscapes);
        if (length < 0)
        {
            return ElementFault.NotJson;
        }

        var raw = json.Slice(at + 1, length);
        if (!Utf8.IsValid(raw))
        {
            return ElementFault.NotUtf8;
        }

        if (!hasEscapes)
        {
            texts[index] = body.Slice(at + 1, length);
        }
        else if (Unescape(json.Slice(at, length + 2), out texts[index]) is var problem and not ElementFault.None)
        {
            return problem;
        }

        at += length + 2;
        return ElementFault.None;
    }

    /// <summary>Bytes up to the closing quotation mark; -1 where there is none, or a control character before it.</summary>
    private static int LengthOf(ReadOnlySpan<byte> rest, out bool hasEscapes)
    {
        hasEscapes = false;
        for (var index = 0; index < rest.Length; index++)
        {
            switch (rest[index])
            {
                case (byte)'"':
                    return index;
                case (byte)'\\':
                    hasEscapes = true;
                    index++;
                    break;
                case < 0x20:
                    return -1;
            }
        }

        return -1;
    }

    private static ElementFault Unescape(ReadOnlySpan<byte> quoted, out ReadOnlyMemory<byte> text)
    {
        text = default;
        try
        {
            var reader = new Utf8JsonReader(quoted);
            reader.Read();
            var target = new byte[quoted.Length];
            text = target.AsMemory(0, reader.CopyString(target));
            return ElementFault.None;
        }
        catch (JsonException)
        {
            return ElementFault.NotJson;
        }
        catch (InvalidOperationException)
        {
            return ElementFault.NotUtf8;
        }
    }
}
