using System.Text;
using System.Text.Json;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Core.Schemas.Formats.Python;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Core.Schemas.Formats.Python;

/// <summary>The fields of real wrappers, written down again as Python, against the schema that the SDK's own generator makes of them.</summary>
public sealed class RealWrapperTests
{
    private const string Fields = "ase/wrapper-fields/fields.json";

    [SharedDataFact(Fields)]
    public void Read_RealWrappers_SaysWhatTheSdkSays()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedData.Combine(Fields)));
        var wrappers = file.RootElement.GetProperty("wrappers");

        Assert.NotEmpty(wrappers.EnumerateArray());
        Assert.All(wrappers.EnumerateArray(), wrapper =>
        {
            var result = PythonSchemaReader.Read(Source(wrapper), "wrapper.py");
            Assert.True(result.IsSuccess, result.Error?.ToString());
            using var expected = JsonDocument.Parse(File.ReadAllText(SharedData.Combine("ase", "wrapper-fields", wrapper.GetProperty("expectedSchema").GetString()!)));
            AssertSame(expected.RootElement, result.Value.Schema);
        });
    }

    private static void AssertSame(JsonElement expected, ApiSchema schema)
    {
        var meta = expected.GetProperty("meta");
        var streams = meta.GetProperty(schema.Service);
        var parameters = expected.GetProperty("schemainput").GetProperty("properties").GetProperty("parameter").GetProperty("properties").GetProperty(schema.Service);
        var payload = expected.GetProperty("schemainput").GetProperty("properties").GetProperty("payload").GetProperty("properties");
        Assert.Equal(meta.GetProperty("serviceId").GetString(), schema.Service);
        Assert.Equal(ServiceNames.Version(meta.GetProperty("version").GetString()!), schema.Version);
        Assert.Equal(meta.GetProperty("route").GetString(), schema.Gateway.Routes.SingleOrDefault() ?? GatewaySchemaJson.Route(schema));
        Assert.Equal(meta.GetProperty("call_type").ToString(), schema.Gateway.CallType.Length == 0 ? "0" : schema.Gateway.CallType);
        Assert.Equal(DataTypes(streams.GetProperty("input")), schema.Payload.Select(entry => (entry.Name, entry.Type)));
        Assert.Equal(DataTypes(streams.GetProperty("accept")), schema.Response.Select(entry => (entry.Name, entry.Type)));
        Assert.Equal(Names(parameters.GetProperty("required")), schema.Parameters.Where(parameter => parameter.Required).Select(parameter => parameter.Name));
        Assert.Equal(parameters.GetProperty("properties").EnumerateObject().Select(member => member.Name), schema.Parameters.Select(parameter => parameter.Name));
        Assert.All(schema.Parameters, parameter => AssertSame(parameters.GetProperty("properties").GetProperty(parameter.Name), parameter));
        Assert.All(schema.Payload, entry => Assert.Equal(Names(payload.GetProperty(entry.Name).GetProperty("properties").GetProperty("encoding").GetProperty("enum")), entry.Encodings));
    }

    private static void AssertSame(JsonElement expected, ApiParameter parameter)
    {
        Assert.Equal(expected.GetProperty("type").GetString(), parameter.Type);
        Assert.Equal(expected.TryGetProperty("enum", out var values) ? Names(values) : [], parameter.Enum);
        Assert.Equal(expected.TryGetProperty("maxLength", out var length) ? length.GetInt32() : null, parameter.MaxLength);
    }

    private static IEnumerable<(string, string)> DataTypes(JsonElement streams) =>
        streams.EnumerateObject().Select(stream => (stream.Name, stream.Value.GetProperty("dataType").GetString()!));

    private static IEnumerable<string> Names(JsonElement list) => list.EnumerateArray().Select(item => item.GetString()!);

    private static string Source(JsonElement wrapper)
    {
        var text = new StringBuilder("from aiges.sdk import *\n\n");
        foreach (var (type, list) in new[] { ("UserRequest", "request"), ("UserResponse", "response") })
        {
            text.Append("class ").Append(type).Append("(object):\n");
            foreach (var field in wrapper.GetProperty(list).EnumerateArray())
            {
                var arguments = field.EnumerateObject().Where(member => member.Name is not ("attr" or "kind")).Select(member => $"{member.Name}={Literal(member.Value)}");
                text.Append("    ").Append(field.GetProperty("attr").GetString()).Append(" = ").Append(field.GetProperty("kind").GetString())
                    .Append('(').AppendJoin(", ", arguments).Append(")\n");
            }
        }

        text.Append("class Wrapper(WrapperBase):\n");
        foreach (var member in wrapper.GetProperty("wrapper").EnumerateObject())
        {
            text.Append("    ").Append(member.Name).Append(" = ").Append(Literal(member.Value)).Append('\n');
        }

        return text.Append("    requestCls = UserRequest()\n    responseCls = UserResponse()\n").ToString();
    }

    private static string Literal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.Object => "b" + value.GetProperty("bytes").GetRawText(),
        _ => value.GetRawText(),
    };
}
