namespace AvaConsole.Core.Schemas.Formats.Python;

/// <summary>
/// The ASE v2 design's <c>class Api(BaseASEApi)</c>: <c>request</c> and <c>response</c> make one <c>Arg(name, type, description, max, min, required)</c>
/// after another. A gateway answers with payload entries, so the response's arguments become the members of one JSON entry.
/// </summary>
internal sealed class ApiClassReader(PythonNotes notes)
{
    public const string BaseClass = "BaseASEApi";

    private const string ResponseEntry = "result";

    private static readonly string[] s_positions = ["name", "type", "description", "max", "min", "required"];

    public ApiSchema Read(PythonClass type)
    {
        var (request, response) = (new List<ApiParameter>(), new List<ApiParameter>());
        foreach (var statement in type.Body)
        {
            switch (statement)
            {
                case PythonFunction { Name: "request" } function:
                    ReadArguments(function, $"{type.Name}.request", request);
                    break;
                case PythonFunction { Name: "response" } function:
                    ReadArguments(function, $"{type.Name}.response", response);
                    if (response.Count > 0)
                    {
                        notes.Add("import.python_response_args", function.Line, ResponseEntry);
                    }

                    break;
                default:
                    notes.AddStatement(type.Name, statement);
                    break;
            }
        }

        return new ApiSchema { Parameters = request, Response = response.Count == 0 ? [] : [Entry(response)] };
    }

    private static PayloadEntry Entry(IReadOnlyList<ApiParameter> members) => new()
    {
        Name = ResponseEntry,
        Type = PayloadTypes.Json,
        Required = true,
        Content = new ApiParameter { Type = ParameterTypes.Object, Properties = members },
    };

    private void ReadArguments(PythonFunction function, string owner, List<ApiParameter> parameters)
    {
        foreach (var statement in function.Body)
        {
            var value = statement switch
            {
                PythonAssignment assignment => assignment.Value,
                PythonExpression expression => expression.Value,
                _ => null,
            };
            if (value is PythonCall { ShortName: "Arg" } call)
            {
                parameters.Add(Parameter(call, statement is PythonAssignment { Target: var target } ? target : "", owner));
            }
            else
            {
                notes.AddStatement(owner, statement);
            }
        }
    }

    private ApiParameter Parameter(PythonCall call, string variable, string owner)
    {
        owner = variable.Length > 0 ? $"{owner}.{variable}" : owner;
        var arguments = new PythonArguments(call, owner, s_positions, notes);
        var name = arguments.Text("name");
        if (name is null)
        {
            notes.Add("import.python_key_missing", call.Line, owner, variable);
        }

        var parameter = Bounded(new ApiParameter
        {
            Name = name ?? variable,
            Type = TypeOf(arguments, owner),
            Description = arguments.Text("description") ?? "",
            Required = arguments.Boolean("required") ?? false,
            Enum = arguments.Words("enums") ?? [],
            Default = arguments.Json("default") ?? "",
        }, arguments);
        arguments.Finish();
        return parameter;
    }

    /// <summary>Of a string, the bounds are those of its length.</summary>
    private static ApiParameter Bounded(ApiParameter parameter, PythonArguments arguments) => parameter.Type switch
    {
        ParameterTypes.Integer or ParameterTypes.Number => parameter with { Minimum = arguments.Number("min"), Maximum = arguments.Number("max") },
        ParameterTypes.String => parameter with { MinLength = arguments.Count("min"), MaxLength = arguments.Count("max") },
        ParameterTypes.Array => parameter with { MinItems = arguments.Count("min"), MaxItems = arguments.Count("max") },
        _ => parameter,
    };

    private string TypeOf(PythonArguments arguments, string owner)
    {
        var given = arguments.Value("type");
        var word = given switch
        {
            PythonName name => name.ShortName,
            PythonText text => text.Text,
            _ => "",
        };
        var type = word switch
        {
            "int" or "integer" => ParameterTypes.Integer,
            "float" or "number" => ParameterTypes.Number,
            "str" or "string" => ParameterTypes.String,
            "bool" or "boolean" => ParameterTypes.Boolean,
            "dict" or "object" => ParameterTypes.Object,
            "list" or "tuple" or "array" => ParameterTypes.Array,
            _ => null,
        };
        if (type is null && given is not null && word.Length == 0)
        {
            arguments.AddUnread("type", given, ParameterTypes.String);
        }
        else if (type is null)
        {
            notes.Add("import.python_arg_type", given?.Line ?? arguments.Line, owner, word.Length > 0 ? word : "?");
        }

        return type ?? ParameterTypes.String;
    }
}
