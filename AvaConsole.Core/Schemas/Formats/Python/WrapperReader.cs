namespace AvaConsole.Core.Schemas.Formats.Python;

/// <summary>A loader plug-in's <c>wrapper.py</c>: the fields of <c>UserRequest</c> and <c>UserResponse</c>, and the attributes of <c>Wrapper</c>.</summary>
internal sealed class WrapperReader(IReadOnlyList<PythonClass> classes, PythonNotes notes)
{
    private const string SdkBase = "WrapperBase";

    private readonly PythonClass? _wrapper = Last(classes, "Wrapper") ?? classes.LastOrDefault(type => type.Bases.Any(parent => parent.Value is PythonName { ShortName: SdkBase }));

    public PythonClass? Request => Last(classes, ClassNamed("requestCls", "UserRequest"));

    public PythonClass? Response => Last(classes, ClassNamed("responseCls", "UserResponse"));

    public ApiSchema ReadFields()
    {
        var parameters = new List<ApiParameter>();
        var payload = new List<PayloadEntry>();
        var response = new List<PayloadEntry>();
        Read(Request, (owner, field) => AddRequestField(owner, field, parameters, payload));
        Read(Response, (owner, field) => AddResponseField(owner, field, response));
        return ReadService(new ApiSchema { Parameters = parameters, Payload = payload, Response = response });
    }

    /// <summary>What the wrapper says about itself: its name, version and where it is reached.</summary>
    public ApiSchema ReadService(ApiSchema schema)
    {
        if (_wrapper is null)
        {
            return schema;
        }

        var service = TextOf("serviceId");
        var version = TextOf("version");
        schema = schema with { Service = service, Version = version.Length > 0 ? SemanticVersion(version) : schema.Version };
        var route = TextOf("route") is { Length: > 0 } given ? given : service.Length > 0 && version.Length > 0 ? $"/{version}/private/{service}" : "";
        return schema with
        {
            Gateway = schema.Gateway with
            {
                Call = Unless(TextOf("call"), "atmos"),
                CallType = Unless(TextOf("call_type"), "0"),
                Sub = Unless(TextOf("sub"), "ase"),
                Hosts = TextOf("hosts") is { Length: > 0 } host ? [host] : [],
                Routes = route.Length > 0 && route != GatewaySchemaJson.Route(schema) ? [route] : [],
            },
        };
    }

    /// <summary>The route keeps the wrapper's own words: callers know the service by them.</summary>
    private string SemanticVersion(string given)
    {
        var version = ServiceNames.Version(given);
        if (version != given)
        {
            notes.Add("import.version_changed", AttributeOf("version")!.Line, given, version);
        }

        return version;
    }

    private static PythonClass? Last(IReadOnlyList<PythonClass> classes, string name) => classes.LastOrDefault(type => type.Name == name);

    private static string Unless(string value, string usual) => value == usual ? "" : value;

    /// <summary><c>requestCls = MyRequest()</c> names the class that holds the fields.</summary>
    private string ClassNamed(string attribute, string usual) => AttributeOf(attribute)?.Value switch
    {
        PythonCall call when Last(classes, call.ShortName) is not null => call.ShortName,
        PythonName name when Last(classes, name.ShortName) is not null => name.ShortName,
        _ => usual,
    };

    private PythonAssignment? AttributeOf(string name) => _wrapper?.Body.OfType<PythonAssignment>().LastOrDefault(assignment => assignment.Target == name);

    private string TextOf(string name)
    {
        if (AttributeOf(name) is not { } attribute || attribute.Value is PythonNone)
        {
            return "";
        }

        switch (attribute.Value)
        {
            case PythonText text:
                return text.Text;
            case PythonNumber number:
                return ParameterText.Format(number.Number);
            default:
                notes.AddUnread(_wrapper!.Name, name, attribute.Value, ParameterTypes.String);
                return "";
        }
    }

    /// <summary>A class declares what its base classes declare, and replaces what it names again.</summary>
    private void Read(PythonClass? type, Func<string, PythonAssignment, bool> add)
    {
        if (type is null)
        {
            return;
        }

        var fields = new OrderedDictionary<string, (PythonClass Owner, PythonAssignment Field)>(StringComparer.Ordinal);
        Collect(type, fields, []);
        foreach (var (owner, field) in fields.Values)
        {
            if (!add(owner.Name, field))
            {
                notes.AddStatement(owner.Name, field);
            }
        }
    }

    private void Collect(PythonClass type, OrderedDictionary<string, (PythonClass, PythonAssignment)> fields, HashSet<string> seen)
    {
        if (!seen.Add(type.Name))
        {
            return;
        }

        foreach (var parent in type.Bases.Where(parent => parent is not { Name: null, Value: PythonName { Name: "object" } }))
        {
            if (parent is { Name: null, Value: PythonName name } && Last(classes, name.ShortName) is { } known && known != type)
            {
                Collect(known, fields, seen);
            }
            else
            {
                notes.Add("import.python_base_unread", type.Line, type.Name, parent.Value is PythonName unknown ? unknown.Name : parent.Name ?? "…");
            }
        }

        foreach (var statement in type.Body)
        {
            if (statement is PythonAssignment assignment)
            {
                fields[assignment.Target] = (type, assignment);
            }
            else
            {
                notes.AddStatement(type.Name, statement);
            }
        }
    }

    private bool AddRequestField(string owner, PythonAssignment field, List<ApiParameter> parameters, List<PayloadEntry> payload)
    {
        var path = $"{owner}.{field.Target}";
        if (field.Value is not PythonCall call)
        {
            return false;
        }

        if (PythonFields.Parameter(call, field.Target, path, notes) is { } parameter)
        {
            parameters.Add(parameter);
            return true;
        }

        if (PythonFields.Entry(call, field.Target, path, notes) is { } entry)
        {
            payload.Add(entry);
            return true;
        }

        return false;
    }

    private bool AddResponseField(string owner, PythonAssignment field, List<PayloadEntry> response)
    {
        if (field.Value is not PythonCall call || PythonFields.Entry(call, field.Target, $"{owner}.{field.Target}", notes) is not { } entry)
        {
            return false;
        }

        response.Add(entry);
        return true;
    }
}
