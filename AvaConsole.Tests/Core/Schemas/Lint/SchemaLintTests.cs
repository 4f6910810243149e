using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Lint;

namespace AvaConsole.Tests.Core.Schemas.Lint;

public sealed class SchemaLintTests
{
    [Fact]
    public void Check_GoodSchemas_FindsNoError()
    {
        Assert.Empty(Codes(Sample.Digits));
        Assert.Empty(Codes(Sample.ImageDetect));
        Assert.Empty(Codes(new ApiSchema { Service = "s6d69bb68" }));
    }

    [Fact]
    public void Check_SeveralProblems_ReportsAllAtOnce()
    {
        var schema = new ApiSchema
        {
            Service = "",
            Version = "one",
            Parameters = [new ApiParameter { Name = "a", Type = "integer", Minimum = 11, Maximum = 10 }, new ApiParameter { Name = "a", Type = "text" }],
            Payload = [new PayloadEntry { Name = "", Type = "vedio" }],
        };

        Assert.Equal(
            [
                ("Service", "schema.service_missing"),
                ("Version", "schema.version_invalid"),
                ("Parameters[1].Name", "schema.name_duplicate"),
                ("Parameters[0].Minimum", "schema.minimum_above_maximum"),
                ("Parameters[1].Type", "schema.type_unknown"),
                ("Payload[0].Name", "schema.name_missing"),
                ("Payload[0].Type", "schema.payload_type_unknown"),
            ],
            Codes(schema));
    }

    [Theory]
    [InlineData("digits", null)]
    [InlineData("image-detect", null)]
    [InlineData("a1", null)]
    [InlineData("a", "schema.service_invalid")]
    [InlineData("Digits", "schema.service_invalid")]
    [InlineData("1digits", "schema.service_invalid")]
    [InlineData("digits-", "schema.service_invalid")]
    [InlineData("digits\n", "schema.service_invalid")]
    [InlineData("../up", "schema.service_invalid")]
    [InlineData("version", "schema.name_reserved")]
    [InlineData("route", "schema.name_reserved")]
    public void Check_ServiceName_JudgedByItsRules(string service, string? code) =>
        Assert.Equal(code, Codes(new ApiSchema { Service = service }).Select(found => found.Code).SingleOrDefault());

    [Theory]
    [InlineData("1.0.0", true)]
    [InlineData("0.0.1-rc.1+build.5", true)]
    [InlineData("1.0", false)]
    [InlineData("v1.0.0", false)]
    [InlineData("01.0.0", false)]
    [InlineData("1.0.0-01", false)]
    [InlineData("1.0.0\n", false)]
    public void Check_Version_IsSemantic(string version, bool accepted) =>
        Assert.Equal(accepted, Codes(new ApiSchema { Service = "digits", Version = version }).Count == 0);

    [Theory]
    [InlineData("top_k", null)]
    [InlineData("_x-1", null)]
    [InlineData("1x", "schema.name_invalid")]
    [InlineData("a.b", "schema.name_invalid")]
    [InlineData("名", "schema.name_invalid")]
    [InlineData("payload", "schema.name_reserved")]
    [InlineData("__proto__", "schema.name_reserved")]
    [InlineData("answer", "schema.name_taken_by_response")]
    public void Check_ParameterName_JudgedByItsRules(string name, string? code)
    {
        var schema = Sample.Digits with { Parameters = [new ApiParameter { Name = name }] };

        Assert.Equal(code is null ? [] : [("Parameters[0].Name", code)], Codes(schema));
    }

    public static TheoryData<ApiParameter, string, string> BadParameters => new()
    {
        { new ApiParameter { Type = "string", Minimum = 1 }, "Minimum", "schema.bound_wrong_type" },
        { new ApiParameter { Type = "integer", Maximum = 1.5m }, "Maximum", "schema.bound_not_integer" },
        { new ApiParameter { Type = "integer", Format = "int32", Maximum = 3_000_000_000 }, "Maximum", "schema.bound_outside_format" },
        { new ApiParameter { Type = "string", Format = "int32" }, "Format", "schema.format_wrong_type" },
        { new ApiParameter { Type = "integer", MaxLength = 3 }, "MaxLength", "schema.length_wrong_type" },
        { new ApiParameter { MinLength = -1 }, "MinLength", "schema.length_negative" },
        { new ApiParameter { MinLength = 5, MaxLength = 4 }, "MinLength", "schema.min_length_above_max_length" },
        { new ApiParameter { Type = "integer", Enum = ["1", "two"] }, "Enum[1]", "schema.enum_wrong_type" },
        { new ApiParameter { Type = "integer", Enum = ["1.5"] }, "Enum[0]", "schema.enum_wrong_type" },
        { new ApiParameter { Type = "integer", Enum = ["1", "1.0"] }, "Enum[1]", "schema.enum_duplicate" },
        { new ApiParameter { Type = "number", Maximum = 5, Enum = ["5", "6"] }, "Enum[1]", "schema.enum_outside_range" },
        { new ApiParameter { MaxLength = 2, Enum = ["数字", "abc"] }, "Enum[1]", "schema.enum_outside_range" },
        { new ApiParameter { Type = "boolean", Default = "yes" }, "Default", "schema.default_wrong_type" },
        { new ApiParameter { Type = "integer", Minimum = 1, Default = "0" }, "Default", "schema.default_outside_range" },
        { new ApiParameter { Type = "number", Enum = ["1", "2"], Default = "3" }, "Default", "schema.default_not_in_enum" },
        { new ApiParameter { Type = "array" }, "Items", "schema.items_missing" },
        { new ApiParameter { Type = "array", Items = new ApiParameter { Type = "int" } }, "Items.Type", "schema.type_unknown" },
        { new ApiParameter { Items = new ApiParameter() }, "Items", "schema.items_wrong_type" },
        { new ApiParameter { Properties = [new ApiParameter { Name = "x" }] }, "Properties", "schema.properties_wrong_type" },
        {
            new ApiParameter { Type = "object", Properties = [new ApiParameter { Name = "x", Type = "integer", Minimum = 2, Maximum = 1 }] },
            "Properties[0].Minimum", "schema.minimum_above_maximum"
        },
    };

    [Theory]
    [MemberData(nameof(BadParameters))]
    public void Check_BadParameter_NamesItsMember(ApiParameter parameter, string member, string code)
    {
        var schema = new ApiSchema { Service = "digits", Parameters = [new ApiParameter { Name = "first" }, parameter with { Name = "second" }] };

        Assert.Equal([("Parameters[1]." + member, code)], Codes(schema));
    }

    [Theory]
    [InlineData("object", "", "{\"a\":1}")]
    [InlineData("number", "1.0", "1")]
    [InlineData("boolean", "", "true")]
    [InlineData("string", "", "3")]
    public void Check_GoodDefault_FindsNothing(string type, string allowed, string given)
    {
        var parameter = new ApiParameter { Name = "x", Type = type, Enum = allowed.Length > 0 ? [allowed] : [], Default = given };

        Assert.Empty(Codes(new ApiSchema { Service = "digits", Parameters = [parameter] }));
    }

    [Fact]
    public void Check_DeepNesting_IsRefused()
    {
        var parameter = new ApiParameter { Name = "leaf" };
        for (var i = 0; i < 40; i++)
        {
            parameter = new ApiParameter { Name = "outer", Type = "object", Properties = [parameter] };
        }

        Assert.Equal("schema.too_deep", Assert.Single(Codes(new ApiSchema { Service = "digits", Parameters = [parameter] })).Code);
    }

    public static TheoryData<PayloadEntry, string, string> BadEntries => new()
    {
        { new PayloadEntry { Type = "tensor" }, "DataType", "schema.data_type_missing" },
        { new PayloadEntry { Type = "tensor", DataType = "float" }, "DataType", "schema.data_type_unknown" },
        { new PayloadEntry { Type = "tensor", DataType = "FP32", Shape = [-1, 0] }, "Shape[1]", "schema.shape_invalid" },
        { new PayloadEntry { DataType = "FP32" }, "DataType", "schema.tensor_only" },
        { new PayloadEntry { Encodings = ["utf8"] }, "Encoding", "schema.encoding_unknown" },
        { new PayloadEntry { Compressions = ["zip"] }, "Compress", "schema.compress_unknown" },
        { new PayloadEntry { Type = "text", Formats = ["html"] }, "Format", "schema.payload_format_unknown" },
    };

    [Theory]
    [MemberData(nameof(BadEntries))]
    public void Check_BadPayloadEntry_NamesItsMember(PayloadEntry entry, string member, string code)
    {
        var schema = new ApiSchema { Service = "digits", Payload = [entry with { Name = "data" }] };

        Assert.Equal([("Payload[0]." + member, code)], Codes(schema));
    }

    private static List<(string Field, string Code)> Codes(ApiSchema schema) =>
        SchemaLint.Errors(SchemaLint.Check(schema)).Select(problem => (problem.Field, problem.Code)).ToList();
}
