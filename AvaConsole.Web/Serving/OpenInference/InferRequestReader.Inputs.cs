using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <content>The input tensors.</content>
internal ref partial struct InferRequestReader
{
    private bool ReadInputs()
    {
        if (!EnterArray("inputs"))
        {
            return false;
        }

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_request.Inputs.Count == InferLimits.MaxTensors)
            {
                return Fail("inputs", "oip.too_many_tensors", InferLimits.MaxTensors);
            }

            var input = new InputReader($"inputs[{_request.Inputs.Count}]");
            if (!ReadInput(ref input))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadInput(ref InputReader input)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return Fail(input.Field, "oip.not_object");
        }

        while (NextMember())
        {
            var isGood = _reader.ValueTextEquals("name"u8) ? input.Seen.IsFirst(0) && ReadInputName(ref input)
                : _reader.ValueTextEquals("shape"u8) ? input.Seen.IsFirst(1) && ReadShape(ref input)
                : _reader.ValueTextEquals("datatype"u8) ? input.Seen.IsFirst(2) && ReadDatatype(ref input)
                : _reader.ValueTextEquals("parameters"u8) ? input.Seen.IsFirst(3) && ReadInputParameters(ref input)
                : _reader.ValueTextEquals("data"u8) ? input.Seen.IsFirst(4) && ReadData(ref input)
                : Skip();
            if (!isGood)
            {
                return _problem is not null ? false : Fail($"{input.Field}.{_reader.GetString()}", "oip.twice");
            }
        }

        return Finish(ref input);
    }

    private bool ReadInputName(ref InputReader input)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.String)
        {
            return Fail(input.Field + ".name", "oip.not_string");
        }

        foreach (var port in _signature.Inputs)
        {
            if (_reader.ValueTextEquals(port.Name))
            {
                input.Port = port;
                break;
            }
        }

        if (input.Port is null)
        {
            return Fail(input.Field + ".name", "oip.unknown_input", Shorten(_reader.GetString()!), _signature.InputNames);
        }

        foreach (var other in _request.Inputs)
        {
            if (ReferenceEquals(other.Name, input.Port.Name))
            {
                return Fail(input.Field + ".name", "oip.input_twice", input.Port.Name);
            }
        }

        input.StateBehindValue = _reader.CurrentState;
        return true;
    }

    private bool ReadShape(ref InputReader input)
    {
        if (!EnterArray(input.Field + ".shape"))
        {
            return false;
        }

        Span<long> lengths = stackalloc long[InferLimits.MaxRank];
        var (rank, count) = (0, 1L);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (rank == InferLimits.MaxRank)
            {
                return Fail(input.Field + ".shape", "oip.too_many_dimensions", InferLimits.MaxRank);
            }

            if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt64(out var length) || length is < 0 or > int.MaxValue)
            {
                return Fail($"{input.Field}.shape[{rank}]", "oip.length", int.MaxValue);
            }

            lengths[rank++] = length;

            // More than any body can hold is as good as infinite, and cannot overflow.
            count = Math.Min(count * length, int.MaxValue);
        }

        if (rank > 0 && lengths[0] > InferLimits.MaxRows)
        {
            return Fail(input.Field + ".shape", "oip.too_many_rows", InferLimits.MaxRows);
        }

        (input.Shape, input.Count) = (lengths[..rank].ToArray(), lengths[..rank].Contains(0) ? 0 : (int)count);
        return true;
    }

    private bool ReadDatatype(ref InputReader input)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.String)
        {
            return Fail(input.Field + ".datatype", "oip.not_string");
        }

        // Nearly always the model's own, whose name need not be made again.
        if (input.Port is { } port && _reader.ValueTextEquals(port.Datatype))
        {
            input.Type = port.Type;
        }
        else if (TensorTypes.TryParse(_reader.GetString()!, out var type))
        {
            input.Type = type;
        }
        else
        {
            return Fail(input.Field + ".datatype", "oip.unknown_datatype", Shorten(_reader.GetString()!));
        }

        input.StateBehindValue = _reader.CurrentState;
        return true;
    }

    private bool ReadInputParameters(ref InputReader input)
    {
        if (!EnterObject(input.Field + ".parameters"))
        {
            return false;
        }

        while (NextMember())
        {
            if (!_reader.ValueTextEquals("binary_data_size"u8))
            {
                Skip();
                continue;
            }

            _reader.Read();
            if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt32(out var size) || size < 0)
            {
                return Fail(input.Field + ".parameters.binary_data_size", "oip.not_count");
            }

            input.BinarySize = size;
        }

        return true;
    }

    private bool ReadData(ref InputReader input)
    {
        if (input.Shape is not null && input.Type is not null && input.StateBehindValue is { } state && CheckPort(ref input))
        {
            var at = (int)_reader.BytesConsumed + _start;
            SkipSpace(ref at);
            if (!Fill(ref input, ref at))
            {
                return false;
            }

            // Goes on behind the array, as behind any other value of this object.
            _start = at;
            _reader = new Utf8JsonReader(_json[at..], isFinalBlock: true, state);
            return true;
        }

        if (_problem is not null)
        {
            return false;
        }

        // What it holds is said further on: it is read then.
        _reader.Read();
        input.DataAt = (int)_reader.TokenStartIndex + _start;
        _reader.Skip();
        return true;
    }

    /// <summary>The property's name and its colon were read, but not what parts them from the value.</summary>
    private readonly void SkipSpace(ref int at)
    {
        while (at < _json.Length && _json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }
    }

    private bool Finish(ref InputReader input)
    {
        if (input.Missing is { } missing)
        {
            return Fail($"{input.Field}.{missing}", "oip.missing");
        }

        if (!CheckPort(ref input))
        {
            return false;
        }

        if (input.BinarySize is { } size)
        {
            return input.Seen.Has(4) ? Fail(input.Field, "oip.data_twice") : TakeBinary(ref input, size);
        }

        if (!input.Seen.Has(4))
        {
            return Fail(input.Field + ".data", "oip.missing");
        }

        var at = input.DataAt;
        return at < 0 || Fill(ref input, ref at);
    }

    private bool CheckPort(ref InputReader input)
    {
        if (input.Port is { } port && input.Type is { } type && port.Type != type)
        {
            return Fail(input.Field + ".datatype", "oip.other_datatype", TensorTypes.NameOf(type), port.Name, port.Datatype);
        }

        return input.Port is not null;
    }

    private bool Fill(ref InputReader input, ref int at)
    {
        // Each element has a character at least, and one between it and the next.
        if (input.Count > (_json.Length - at) / 2)
        {
            return Fail(input.Field + ".data", "oip.too_few_elements", input.Count);
        }

        var fault = JsonTensor.Read(_body, _json, ref at, input.Port!.Name, input.Type!.Value, input.Shape!, input.Count, _request, out var taken);
        return fault == ElementFault.None || Fail(ref input, fault, taken, at);
    }

    private bool TakeBinary(ref InputReader input, int size)
    {
        if (!_hasBinary && size > 0)
        {
            return Fail(input.Field, "oip.no_binary");
        }

        if (size > _body.Length - _binaryAt)
        {
            return Fail(input.Field, "oip.binary_short", size, _body.Length - _binaryAt);
        }

        var problem = BinaryInput.Take(input.Port!.Name, input.Type!.Value, input.Shape!, input.Count, _body.Slice(_binaryAt, size), _request);
        _binaryAt += size;
        return problem is null || Fail(input.Field, problem.Code, problem.Args);
    }

    private bool Fail(ref InputReader input, ElementFault fault, int taken, int at)
    {
        var (field, type) = ($"{input.Field}.data", TensorTypes.NameOf(input.Type!.Value));
        _problem = fault switch
        {
            ElementFault.NotJson => NotJson(at),
            ElementFault.NotUtf8 => new Problem("$", "request.not_utf8"),
            ElementFault.TooMany or ElementFault.TooFew => new Problem(field, fault == ElementFault.TooMany ? "oip.too_many_elements" : "oip.too_few_elements", input.Count),
            ElementFault.Nesting => new Problem(field, "oip.nesting"),
            ElementFault.NoJsonForm => new Problem($"{field}[{taken}]", "oip.no_json_form"),
            ElementFault.NotWhole => new Problem($"{field}[{taken}]", "oip.not_whole", type),
            ElementFault.OutOfRange => new Problem($"{field}[{taken}]", "oip.out_of_range", type),
            _ => new Problem(taken == 0 ? field : $"{field}[{taken}]", "oip.wrong_kind", type),
        };
        return false;
    }

    /// <summary>What of one input is known so far.</summary>
    private struct InputReader(string field)
    {
        public string Field { get; } = field;

        public SeenMembers Seen;

        public PublishedPort? Port { get; set; }

        public long[]? Shape { get; set; }

        public int Count { get; set; }

        public TensorType? Type { get; set; }

        public int? BinarySize { get; set; }

        /// <summary>Where the data begin that are still to be read; -1 for none.</summary>
        public int DataAt { get; set; } = -1;

        /// <summary>The reader's state behind a value of this object.</summary>
        public JsonReaderState? StateBehindValue { get; set; }

        public readonly string? Missing => Port is null ? "name" : Shape is null ? "shape" : Type is null ? "datatype" : null;
    }
}
