using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Core.Schemas.Formats.Python;
using AvaConsole.Core.Schemas.Lint;

namespace AvaConsole.Tests.Core.Schemas.Formats.Python;

public sealed class PythonSchemaReaderTests
{
    private const string Wrapper = """
        #!/usr/bin/env python
        # coding: utf-8
        '''A plug-in.'''
        from aiges.sdk import WrapperBase, StringParamField, ImageBodyField
        import json, os

        LIMIT = 44

        class UserRequest(object):
            '''What callers send.'''
            voice = StringParamField(key="voice", enums=["xiaoyan", 'yezi'], value="yezi",
                                     description="who "
                                                 "speaks", title='Voice')
            name = StringParamField("name", 2, maxLength=44, required=True)
            free: StringParamField = StringParamField(key=r"free")
            speed = IntegerParamField(key="speed", minimum=-1_0, maximum=0x64, required=False, value=5)
            ratio = NumberParamField(key="ratio", minimum=-.5, maximum=1.5e1)
            plain = NumberParamField(key="plain")
            loud = sdk.fields.BooleanParamField(key="loud", title="Loud", default=True)
            image = ImageBodyField(key="img", path="test_data/0.png")
            text = StringBodyField(key="text", value=b"ctrl", encoding="gbk")
            sound = AudioBodyField(key="sound", encoding="speex")

        class UserResponse:
            accept1 = StringBodyField(key="result")
            accept2 = JsonBodyField(key="boxes")

        @decorated(by="something")
        class Wrapper(WrapperBase):
            serviceId = "mnist"
            version = "v1"
            call_type = 1
            requestCls = UserRequest()
            responseCls = UserResponse()

            def wrapperInit(cls, config: {}) -> int:
                if config:
                    return 0
                x = [y for y in range(3)]; return 1

            async def later(self): pass
        """;

    [Fact]
    public void Read_Wrapper_GivesParametersWithTheirRules()
    {
        var schema = Read(Wrapper).Schema;

        Assert.Equal(["voice", "name", "free", "speed", "ratio", "plain", "loud"], schema.Parameters.Select(parameter => parameter.Name));
        Assert.Equivalent(
            new ApiParameter { Name = "voice", Title = "Voice", Description = "who speaks", Enum = ["xiaoyan", "yezi"], Example = "yezi" }, schema.Parameters[0]);
        Assert.Equivalent(new ApiParameter { Name = "name", MinLength = 2, MaxLength = 44, Required = true }, schema.Parameters[1]);
        Assert.Equal(1024, schema.Parameters[2].MaxLength);
        Assert.Equivalent(new ApiParameter { Name = "speed", Type = "integer", Minimum = -10, Maximum = 100, Example = "5" }, schema.Parameters[3]);
        Assert.Equivalent(new ApiParameter { Name = "ratio", Type = "number", Minimum = -0.5m, Maximum = 15 }, schema.Parameters[4]);
        Assert.Equivalent(new ApiParameter { Name = "plain", Type = "number", Minimum = 0, Maximum = 100 }, schema.Parameters[5]);
        Assert.Equivalent(new ApiParameter { Name = "loud", Title = "Loud", Type = "boolean", Default = "true" }, schema.Parameters[6]);
    }

    [Fact]
    public void Read_Wrapper_GivesStreamsAndService()
    {
        var imported = Read(Wrapper);

        Assert.Equal(SchemaFormat.Python, imported.Format);
        Assert.Equal([("img", "image", "jpg,png,bmp,jpeg"), ("text", "text", "gbk"), ("sound", "audio", "speex")], imported.Schema.Payload.Select(Describe));
        Assert.Equal([("result", "text", "utf8,gb2312"), ("boxes", "json", "")], imported.Schema.Response.Select(Describe));
        Assert.Equal(("mnist", "1.0.0", "1"), (imported.Schema.Service, imported.Schema.Version, imported.Schema.Gateway.CallType));
        Assert.Equal("/v1/private/mnist", GatewaySchemaJson.Route(imported.Schema));
        Assert.Empty(imported.Schema.Gateway.Routes);
        Assert.Equal(["import.python_test_value 20", "import.python_test_value 21", "import.version_changed 31"], imported.Notes.Select(Describe));
    }

    [Theory]
    [InlineData("version = 'backup.0'", "1.0.0", "/backup.0/private/demo")]
    [InlineData("version = '2.1.0'", "2.1.0", "/2.1.0/private/demo")]
    [InlineData("version = 'v2'", "2.0.0", null)]
    [InlineData("route = '/own/route'", "1.0.0", "/own/route")]
    [InlineData("call = 'atmos'", "1.0.0", null)]
    public void Read_WrapperAttributes_KeepTheRouteThatCallersKnow(string attribute, string version, string? route)
    {
        var schema = Read($"class UserRequest:\n  a = StringParamField(key='a')\nclass Wrapper(WrapperBase):\n  serviceId = 'demo'\n  {attribute}\n").Schema;

        Assert.Equal((version, route), (schema.Version, schema.Gateway.Routes.SingleOrDefault()));
    }

    [Fact]
    public void Read_WhatOnlyARunWouldTell_IsNotedWithItsLine()
    {
        var imported = Read("""
            class Base:
                shared = StringParamField(key="shared")

            class Mine(Base, Mixin):
                a = StringParamField(key="a", maxLength=LIMIT)
                b = IntegerParamField(key=f"{prefix}_b", maximum=10 * 2)
                c = StringParamField(key="c", enums=[x for x in names], pattern="^a$")
                d = make_field("d")
                if DEBUG:
                    e = StringParamField(key="e")
                f = StringParamField(**options)
                g = StringParamField(key="g", required="yes")
                shared = StringParamField(key="shared", maxLength=-1 + 2)

            class UserResponse(object):
                accept1 = result_of(1)

            class Wrapper(WrapperBase):
                serviceId = os.environ["ID"]
                requestCls = Mine()
            """);

        Assert.Equal(["shared", "a", "b", "c", "f", "g"], imported.Schema.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(
            [
                "import.python_base_unread 4", "import.python_value_unread 5", "import.python_value_unread 6", "import.python_key_missing 6",
                "import.python_value_unread 6", "import.python_value_unread 7", "import.python_argument_dropped 7", "import.python_not_field 8",
                "import.python_statement_dropped 9", "import.python_argument_dropped 11", "import.python_key_missing 11", "import.python_value_type 12",
                "import.python_value_unread 13", "import.python_not_field 16", "import.python_value_unread 19",
            ],
            imported.Notes.Select(Describe));
        Assert.Equal(["Mine.b", "maximum", "10 * 2"], imported.Notes.Single(note => note.Args.Contains("maximum")).Args);
    }

    // The published sample: tabs and spaces mixed, and a maximum below its minimum.
    private const string Api = "'''\nScanned by a tool.\n'''\nclass Api(base.BaseASEApi):\n\tdef request(self):\n"
        + "\t    param1 = base.Arg(\"param1\", int, \"user param1\", max=10, min=11, required=True )\n"
        + "\t    param2 = base.Arg(\"param2\", str, \"user param2\", required=True )\n\n"
        + "    def response(self):\n"
        + "        param1 = base.Arg(\"param1\", float, \"score\", max=1, min=0, required=True )\n"
        + "        param3 = base.Arg(\"param3\", str, \"user param3\", required=False )\n";

    [Fact]
    public void Read_ApiClass_GivesArgumentsAndOneJsonAnswer()
    {
        var imported = Read(Api);

        Assert.Equivalent(
            new ApiParameter { Name = "param1", Type = "integer", Description = "user param1", Minimum = 11, Maximum = 10, Required = true }, imported.Schema.Parameters[0]);
        Assert.Equivalent(new ApiParameter { Name = "param2", Type = "string", Description = "user param2", Required = true }, imported.Schema.Parameters[1]);
        var answer = Assert.Single(imported.Schema.Response);
        Assert.Equal([("param1", "number"), ("param3", "string")], answer.Content!.Properties.Select(member => (member.Name, member.Type)));
        Assert.Equal(["import.python_tabs 9", "import.python_response_args 9"], imported.Notes.Select(Describe).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void Read_MaximumBelowMinimum_IsReadAndRefusedByLint() =>
        Assert.Contains(SchemaLint.Check(Read(Api).Schema), finding => finding.Rule == "schema.minimum_above_maximum");

    [Fact]
    public void Read_ApiClassBesideAWrapper_TakesTheWrappersNameAndSaysSo()
    {
        var imported = Read("""
            class UserRequest:
                a = StringParamField(key="a")
            class Api(BaseASEApi):
                def request(self):
                    Arg("b", list, min=1)
                    Arg("c", bytes)
                    Arg(name="d", type="float", default=.5, enums=(0.5, 1))
                    return None
            class Wrapper:
                serviceId = 'both'
            """);

        Assert.Equal("both", imported.Schema.Service);
        Assert.Equal([("b", "array"), ("c", "string"), ("d", "number")], imported.Schema.Parameters.Select(parameter => (parameter.Name, parameter.Type)));
        Assert.Equal((1, "0.5", "0.5,1"), (imported.Schema.Parameters[0].MinItems, imported.Schema.Parameters[2].Default, string.Join(",", imported.Schema.Parameters[2].Enum)));
        Assert.Equal(["import.python_two_definitions 1", "import.python_arg_type 6", "import.python_statement_dropped 8"], imported.Notes.Select(Describe));
    }

    [Theory]
    [InlineData("print('hello')", "import.python_nothing", null)]
    [InlineData("", "import.python_nothing", null)]
    [InlineData("class UserRequest:\n    a = 'open\n", "import.python_string_open", 2)]
    [InlineData("class UserRequest:\n    a = '''open\n", "import.python_string_open", 2)]
    [InlineData("x = 1\n\nclass UserRequest(\n    a = [1, 2\n", "import.python_bracket", 4)]
    [InlineData("x = (1]\n", "import.python_bracket", 1)]
    [InlineData("class UserRequest\n    a = 1\n", "import.python_colon", 1)]
    [InlineData("class UserRequest:\n    a = 1\n  b = 2\n", "import.python_indentation", 3)]
    public void Read_WhatIsNoPythonOrNoApi_IsRefusedWithTheLine(string source, string code, int? line)
    {
        var problem = Assert.Single(Assert.IsType<InvalidError>(PythonSchemaReader.Read(source, "wrapper.py").Error).Problems);

        Assert.Equal((code, line), (problem.Code, problem.Args[0] as int?));
    }

    [Fact]
    public void Read_BracketsWithoutEnd_EndsWithAProblem()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);

        var problem = Assert.Single(Assert.IsType<InvalidError>(PythonSchemaReader.Read("a = " + deep).Error).Problems);

        Assert.Equal("import.python_too_deep", problem.Code);
    }

    private static ImportedSchema Read(string source)
    {
        var result = PythonSchemaReader.Read(source, "wrapper.py");
        Assert.True(result.IsSuccess, result.Error?.ToString());
        return result.Value;
    }

    private static (string Name, string Type, string Encodings) Describe(PayloadEntry entry) => (entry.Name, entry.Type, string.Join(",", entry.Encodings));

    private static string Describe(SchemaNote note) => $"{note.Code} {note.Line}";
}
