namespace AvaConsole.Core.Schemas.Formats.Python;

/// <summary>
/// The SDK's field classes as parameters and payload entries. Bounds that a field has without saying so (1024 characters, 0 to 100) are its rules too; the
/// SDK's own generator forgets some of them. The values that a test run uses are no part of the API, but a parameter's makes a good example.
/// </summary>
internal static class PythonFields
{
    private static readonly string[] s_strings = ["key", "minLength", "maxLength", "enums", "required", "value", "description", "title"];
    private static readonly string[] s_numbers = ["key", "minimum", "maximum", "enums", "required", "value", "description", "title"];
    private static readonly string[] s_booleans = ["key", "title", "default", "required"];
    private static readonly string[] s_bodies = ["key", "path"];
    private static readonly string[] s_texts = ["key", "value"];
    private static readonly string[] s_imageEncodings = ["jpg", "png", "bmp", "jpeg"];
    private static readonly string[] s_textEncodings = ["utf8", "gb2312"];

    /// <summary>Null where the call makes no parameter.</summary>
    public static ApiParameter? Parameter(PythonCall call, string attribute, string owner, PythonNotes notes)
    {
        var (type, positions) = call.ShortName switch
        {
            "StringParamField" or "ParamField" => (ParameterTypes.String, s_strings),
            "NumberParamField" => (ParameterTypes.Number, s_numbers),
            "IntegerParamField" => (ParameterTypes.Integer, s_numbers),
            "BooleanParamField" => (ParameterTypes.Boolean, s_booleans),
            _ => ("", []),
        };
        if (type.Length == 0)
        {
            return null;
        }

        var arguments = new PythonArguments(call, owner, positions, notes);
        var parameter = Bounded(new ApiParameter
        {
            Name = Key(arguments, attribute, owner, notes),
            Type = type,
            Title = arguments.Text("title") ?? "",
            Description = arguments.Text("description") ?? "",
            Required = arguments.Boolean("required") ?? false,
            Enum = arguments.Words("enums") ?? [],
            Example = arguments.Json("value") ?? "",
            Default = arguments.Json("default") ?? "",
        }, arguments);
        if (call.ShortName == "ParamField")
        {
            notes.Add("import.python_field_untyped", call.Line, owner, call.ShortName, type);
        }

        arguments.Finish();
        return parameter;
    }

    /// <summary>Null where the call makes no payload entry.</summary>
    public static PayloadEntry? Entry(PythonCall call, string attribute, string owner, PythonNotes notes)
    {
        var (type, encodings) = call.ShortName switch
        {
            "ImageBodyField" => (PayloadTypes.Image, s_imageEncodings),
            "AudioBodyField" => (PayloadTypes.Audio, []),
            "StringBodyField" or "PayloadField" => (PayloadTypes.Text, s_textEncodings),
            "JsonBodyField" => (PayloadTypes.Json, []),
            _ => ("", (string[])[]),
        };
        if (type.Length == 0)
        {
            return null;
        }

        var arguments = new PythonArguments(call, owner, type is PayloadTypes.Text or PayloadTypes.Json ? s_texts : s_bodies, notes);
        if (call.ShortName == "PayloadField")
        {
            notes.Add("import.python_field_untyped", call.Line, owner, call.ShortName, type);
        }

        var entry = new PayloadEntry
        {
            Name = Key(arguments, attribute, owner, notes),
            Type = type,
            Required = arguments.Boolean("required") ?? false,
            Description = arguments.Text("description") ?? "",
            Encodings = Words(arguments, "encoding") ?? encodings,
            Compressions = Words(arguments, "compress") ?? [],
            Formats = Words(arguments, "format") ?? [],
        };
        foreach (var name in (string[])["value", "path"])
        {
            if (arguments.Value(name) is { } value)
            {
                notes.Add("import.python_test_value", value.Line, owner, name);
            }
        }

        arguments.Finish();
        return entry;
    }

    private static ApiParameter Bounded(ApiParameter parameter, PythonArguments arguments)
    {
        var isFree = parameter.Enum.Count == 0;
        return parameter.Type switch
        {
            ParameterTypes.String => parameter with
            {
                MinLength = arguments.Count("minLength"),
                MaxLength = arguments.Count("maxLength") ?? (isFree ? 1024 : null),
            },
            ParameterTypes.Integer or ParameterTypes.Number => parameter with
            {
                Minimum = arguments.Number("minimum") ?? (isFree ? 0 : null),
                Maximum = arguments.Number("maximum") ?? (isFree ? 100 : null),
            },
            _ => parameter,
        };
    }

    private static string Key(PythonArguments arguments, string attribute, string owner, PythonNotes notes)
    {
        if (arguments.Text("key") is { Length: > 0 } key)
        {
            return key;
        }

        notes.Add("import.python_key_missing", arguments.Line, owner, attribute);
        return attribute;
    }

    private static string[]? Words(PythonArguments arguments, string name) => arguments.Text(name) is { Length: > 0 } word ? [word] : null;
}
