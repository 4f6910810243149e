using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Reads nested JSON arrays into the bytes of a tensor, without an object for a number. Whole numbers keep every digit.</summary>
/// <param name="entry">Names the payload entry in errors.</param>
internal sealed class JsonTensorReader(string entry, TensorType type)
{
    private const int MaxRank = 8;

    private readonly ArrayBufferWriter<byte> _data = new(1024);
    private readonly long[] _counts = new long[MaxRank];
    private readonly long[] _lengths = [-1, -1, -1, -1, -1, -1, -1, -1];
    private int _depth;
    private int _rank;
    private int _leaves = -1;

    public ReadOnlySpan<byte> Data => _data.WrittenSpan;

    public List<ReadOnlyMemory<byte>> Texts { get; } = [];

    /// <summary>As the arrays are nested.</summary>
    public IReadOnlyList<long> Shape => _lengths[.._rank];

    /// <returns>Null where it went well; else <c>payload.not_number</c>, <c>payload.uneven</c> or <c>payload.too_deep</c> with the element's place.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public InvalidError? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxRank + 2 });
        while (reader.Read())
        {
            var fits = reader.TokenType switch
            {
                JsonTokenType.StartArray => Enter(),
                JsonTokenType.EndArray => Leave(),
                _ => Count(_depth),
            };
            if (!fits)
            {
                return Problem(_depth > MaxRank ? "payload.too_deep" : "payload.uneven", MaxRank);
            }

            if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray) && !TryAdd(ref reader))
            {
                return Problem("payload.not_of_type", Show(ref reader), TensorTypes.NameOf(type));
            }
        }

        return null;
    }

    private bool Enter()
    {
        if (_depth > 0)
        {
            _counts[_depth - 1]++;
        }

        if (_leaves >= 0 && _depth >= _leaves || ++_depth > MaxRank)
        {
            return false;
        }

        _rank = Math.Max(_rank, _depth);
        _counts[_depth - 1] = 0;
        return true;
    }

    private bool Leave()
    {
        var index = --_depth;
        if (_lengths[index] < 0)
        {
            _lengths[index] = _counts[index];
        }

        return _lengths[index] == _counts[index];
    }

    private bool Count(int depth)
    {
        if (depth > 0)
        {
            _counts[depth - 1]++;
        }

        _leaves = _leaves < 0 ? depth : _leaves;
        return _leaves == depth && depth >= _rank;
    }

    private bool TryAdd(ref Utf8JsonReader reader)
    {
        if (type == TensorType.Bytes)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                return false;
            }

            Texts.Add(Encoding.UTF8.GetBytes(reader.GetString()!));
            return true;
        }

        if (type == TensorType.Bool && reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return Add((byte)(reader.TokenType == JsonTokenType.True ? 1 : 0));
        }

        return reader.TokenType == JsonTokenType.Number && (TensorNumbers.IsFloating(type) ? TryAddFloating(ref reader) : TryAddWhole(ref reader));
    }

    private bool TryAddFloating(ref Utf8JsonReader reader)
    {
        if (type == TensorType.Fp32)
        {
            return reader.TryGetSingle(out var single) && float.IsFinite(single) && Add(single);
        }

        if (!reader.TryGetDouble(out var number) || !double.IsFinite(number) || (type == TensorType.Fp16 && Half.IsInfinity((Half)number)))
        {
            return false;
        }

        Elements.Write(type, _data.GetSpan(TensorTypes.SizeOf(type)), 0, number);
        _data.Advance(TensorTypes.SizeOf(type));
        return true;
    }

    private bool TryAddWhole(ref Utf8JsonReader reader) => type switch
    {
        TensorType.UInt8 => reader.TryGetByte(out var value) && Add(value),
        TensorType.Int8 => reader.TryGetSByte(out var value) && Add(value),
        TensorType.UInt16 => reader.TryGetUInt16(out var value) && Add(value),
        TensorType.Int16 => reader.TryGetInt16(out var value) && Add(value),
        TensorType.UInt32 => reader.TryGetUInt32(out var value) && Add(value),
        TensorType.Int32 => reader.TryGetInt32(out var value) && Add(value),
        TensorType.UInt64 => reader.TryGetUInt64(out var value) && Add(value),
        TensorType.Bool => reader.TryGetByte(out var value) && value <= 1 && Add(value),
        _ => reader.TryGetInt64(out var value) && Add(value),
    };

    private bool Add<T>(T value)
        where T : unmanaged
    {
        var size = Marshal.SizeOf<T>();
        MemoryMarshal.Write(_data.GetSpan(size), value);
        _data.Advance(size);
        return true;
    }

    private InvalidError Problem(string code, params object?[] args)
    {
        // The counts are those of elements begun: the last one is where it went wrong.
        var place = entry + string.Concat(_counts.Take(Math.Min(_depth, MaxRank)).Select(count => $"[{(count - 1).ToString(CultureInfo.InvariantCulture)}]"));
        return new InvalidError(place, code, [place, .. args]);
    }

    private static string Show(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "{…}",
        _ => EntryName.Show(Encoding.UTF8.GetString(reader.ValueSpan)),
    };
}
