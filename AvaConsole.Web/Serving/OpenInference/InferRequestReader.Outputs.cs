using System.Text.Json;

namespace AvaConsole.Web.Serving.OpenInference;

/// <content>The outputs that are asked for.</content>
internal ref partial struct InferRequestReader
{
    private bool ReadOutputs()
    {
        if (!EnterArray("outputs"))
        {
            return false;
        }

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (!ReadOutput($"outputs[{_request.Outputs.Count}]"))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadOutput(string field)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return Fail(field, "oip.not_object");
        }

        var (name, isBinary, classes, seen) = ((string?)null, (bool?)null, 0, new SeenMembers());
        while (NextMember())
        {
            var isGood = _reader.ValueTextEquals("name"u8) ? seen.IsFirst(0) && ReadOutputName(field, out name)
                : _reader.ValueTextEquals("parameters"u8) ? seen.IsFirst(1) && ReadOutputParameters(field, ref isBinary, ref classes)
                : Skip();
            if (!isGood)
            {
                return _problem is not null ? false : Fail($"{field}.{_reader.GetString()}", "oip.twice");
            }
        }

        if (name is null)
        {
            return Fail(field + ".name", "oip.missing");
        }

        _request.Outputs.Add(new WantedOutput(name, isBinary, classes));
        return true;
    }

    private bool ReadOutputName(string field, out string? name)
    {
        name = null;
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.String)
        {
            return Fail(field + ".name", "oip.not_string");
        }

        var given = _reader.GetString()!;
        if (!_signature.HasOutput(given))
        {
            return Fail(field + ".name", "oip.unknown_output", Shorten(given), _signature.OutputNames);
        }

        name = given;
        return !_request.Outputs.Exists(other => other.Name == given) || Fail(field + ".name", "oip.output_twice", given);
    }

    private bool ReadOutputParameters(string field, ref bool? isBinary, ref int classes)
    {
        if (!EnterObject(field + ".parameters"))
        {
            return false;
        }

        while (NextMember())
        {
            if (_reader.ValueTextEquals("binary_data"u8))
            {
                if (!TryReadBoolean(out var binary))
                {
                    return Fail(field + ".parameters.binary_data", "oip.not_boolean");
                }

                isBinary = binary;
            }
            else if (_reader.ValueTextEquals("classification"u8))
            {
                _reader.Read();
                if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt32(out classes) || classes < 1)
                {
                    return Fail(field + ".parameters.classification", "oip.not_positive");
                }
            }
            else
            {
                Skip();
            }
        }

        return true;
    }
}
