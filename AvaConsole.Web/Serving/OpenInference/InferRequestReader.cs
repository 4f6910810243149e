using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>
/// Reads the body of an inference request: JSON, and the binary tensors behind it. Numbers go from the text straight into the tensor's memory,
/// each as its datatype has it; tensors in binary form and strings without escapes stay where they are in the body.
/// </summary>
internal ref partial struct InferRequestReader
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly ReadOnlySpan<byte> _json;
    private readonly PublishedSignature _signature;
    private readonly InferRequest _request;
    private readonly bool _hasBinary;
    private Utf8JsonReader _reader;

    /// <summary>Where in the JSON the reader began.</summary>
    private int _start;
    private int _binaryAt;
    private Problem? _problem;

    private InferRequestReader(ReadOnlyMemory<byte> body, int jsonLength, PublishedSignature signature, InferRequest request)
    {
        (_body, _signature, _request) = (body, signature, request);
        _json = body.Span[..jsonLength];
        _binaryAt = jsonLength;
        _hasBinary = jsonLength < body.Length;
        _reader = new Utf8JsonReader(_json, new JsonReaderOptions { MaxDepth = InferLimits.MaxDepth });
    }

    /// <param name="body">Has to stay as it is while the request's tensors are used.</param>
    /// <param name="jsonLength">Bytes of <paramref name="body"/> that are JSON; the rest are binary tensors.</param>
    public static Result<InferRequest> Read(ReadOnlyMemory<byte> body, int jsonLength, PublishedSignature signature)
    {
        var request = new InferRequest();
        var reader = new InferRequestReader(body, jsonLength, signature, request);
        var problem = reader.Run();
        if (problem is null)
        {
            return request;
        }

        request.Dispose();
        return new InvalidError([problem]);
    }

    private Problem? Run()
    {
        try
        {
            if (ReadRequest() && _binaryAt != _body.Length)
            {
                _problem = new Problem("inputs", "oip.binary_left", _body.Length - _binaryAt);
            }
        }
        catch (JsonException)
        {
            _problem = IsTooDeep() ? new Problem("$", "oip.too_deep", InferLimits.MaxDepth) : NotJson((int)_reader.BytesConsumed + _start);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is found only when a string is read.
            _problem = new Problem("$", "request.not_utf8");
        }

        return _problem;
    }

    private readonly bool IsTooDeep() => _reader.CurrentDepth >= InferLimits.MaxDepth - 1;

    private bool ReadRequest()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return Fail("$", "oip.not_object");
        }

        var seen = new SeenMembers();
        while (NextMember())
        {
            var isGood = _reader.ValueTextEquals("id"u8) ? seen.IsFirst(0) && ReadId()
                : _reader.ValueTextEquals("parameters"u8) ? seen.IsFirst(1) && ReadParameters()
                : _reader.ValueTextEquals("inputs"u8) ? seen.IsFirst(2) && ReadInputs()
                : _reader.ValueTextEquals("outputs"u8) ? seen.IsFirst(3) && ReadOutputs()
                : Skip();
            if (!isGood)
            {
                return _problem is not null ? false : Fail(_reader.GetString()!, "oip.twice");
            }
        }

        // What comes behind the object is found by the reader.
        while (_reader.Read())
        {
        }

        return seen.Has(2) || Fail("inputs", "oip.missing");
    }

    private bool ReadId()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.String)
        {
            return Fail("id", "oip.not_string");
        }

        _request.Id = _reader.GetString()!;
        return _request.Id.Length <= InferLimits.MaxIdLength || Fail("id", "oip.id_too_long", InferLimits.MaxIdLength);
    }

    private bool ReadParameters()
    {
        if (!EnterObject("parameters"))
        {
            return false;
        }

        while (NextMember())
        {
            var isGood = _reader.ValueTextEquals("binary_data_output"u8) ? ReadBinaryOutput()
                : _reader.ValueTextEquals("timeout"u8) ? ReadTimeout()
                : Skip();
            if (!isGood)
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadBinaryOutput()
    {
        if (!TryReadBoolean(out var isBinary))
        {
            return Fail("parameters.binary_data_output", "oip.not_boolean");
        }

        _request.IsBinary = isBinary;
        return true;
    }

    private bool ReadTimeout()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt64(out var microseconds) || microseconds < 0)
        {
            return Fail("parameters.timeout", "oip.not_count");
        }

        // 0 is Triton's "no limit of its own".
        const long longest = 24L * 3600 * 1_000_000;
        _request.Timeout = microseconds == 0 ? null : TimeSpan.FromMicroseconds(Math.Min(microseconds, longest));
        return true;
    }

    private bool NextMember()
    {
        _reader.Read();
        return _reader.TokenType == JsonTokenType.PropertyName;
    }

    private bool EnterObject(string field)
    {
        _reader.Read();
        return _reader.TokenType == JsonTokenType.StartObject || Fail(field, "oip.not_object");
    }

    private bool EnterArray(string field)
    {
        _reader.Read();
        return _reader.TokenType == JsonTokenType.StartArray || Fail(field, "oip.not_array");
    }

    private bool TryReadBoolean(out bool value)
    {
        _reader.Read();
        value = _reader.TokenType == JsonTokenType.True;
        return value || _reader.TokenType == JsonTokenType.False;
    }

    /// <summary>Clients may say more than is asked of them.</summary>
    private bool Skip()
    {
        _reader.Read();
        _reader.Skip();
        return true;
    }

    private bool Fail(string field, string code, params object?[] args)
    {
        _problem = new Problem(field, code, args);
        return false;
    }

    private static Problem NotJson(int at) => new("$", "oip.not_json", at);

    private static string Shorten(string name) => name.Length <= 64 ? name : name[..64] + "…";

    /// <summary>Members of one object that were met.</summary>
    private struct SeenMembers
    {
        private int _bits;

        public bool IsFirst(int member)
        {
            var bit = 1 << member;
            var isFirst = (_bits & bit) == 0;
            _bits |= bit;
            return isFirst;
        }

        public readonly bool Has(int member) => (_bits & (1 << member)) != 0;
    }
}
