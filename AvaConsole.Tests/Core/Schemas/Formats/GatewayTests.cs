using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Tests.Core.Schemas.Formats;

public sealed class GatewayTests
{
    private const string Empty = """{"type": "object", "properties": {}}""";

    public static TheoryData<ApiParameter, string> Unsayable { get; } = new()
    {
        { new ApiParameter { Name = "x", Type = "number", ExclusiveMinimum = 0 }, "Parameters[0].ExclusiveMinimum export.webgate_exclusive" },
        { new ApiParameter { Name = "x", Type = "array", Items = new ApiParameter(), UniqueItems = true }, "Parameters[0].UniqueItems export.webgate_unique" },
        { new ApiParameter { Name = "x", Pattern = "^(?!no)" }, "Parameters[0].Pattern export.webgate_pattern" },
        { new ApiParameter { Name = "x", Pattern = @"(a)\1" }, "Parameters[0].Pattern export.webgate_pattern" },
        { new ApiParameter { Name = "x", Pattern = "a{2000}" }, "Parameters[0].Pattern export.webgate_pattern" },
        { new ApiParameter { Name = "out" }, "Parameters[0].Name schema.name_taken_by_response" },
        {
            new ApiParameter { Name = "x", Type = "object", Properties = [new ApiParameter { Name = "y", Type = "array", Items = new ApiParameter { Pattern = "(?<=a)b" } }] },
            "Parameters[0].Properties[0].Items.Pattern export.webgate_pattern"
        },
    };

    [Theory]
    [MemberData(nameof(Unsayable))]
    public void Write_RuleThatTheDialectLacks_RefusedWithItsPlace(ApiParameter parameter, string expected)
    {
        var schema = Sample.Digits with { Parameters = [parameter], Response = [new PayloadEntry { Name = "out" }] };

        var error = Assert.IsType<InvalidError>(SchemaWriter.Write(schema, SchemaFormat.Webgate).Error);

        Assert.Equal([expected], error.Problems.Select(problem => $"{problem.Field} {problem.Code}"));
    }

    [Fact]
    public void Write_SeveralRules_AllNamedAtOnce()
    {
        var schema = new ApiSchema
        {
            Gateway = new GatewaySettings { Extra = "[]" },
            Parameters = [new ApiParameter { Name = "x", Type = "number", ExclusiveMinimum = 0, ExclusiveMaximum = 1 }],
        };

        var error = Assert.IsType<InvalidError>(SchemaWriter.Write(schema, SchemaFormat.Webgate).Error);

        Assert.Equal(
            ["schema.service_missing", "export.webgate_extra", "export.webgate_exclusive", "export.webgate_exclusive"],
            error.Problems.Select(problem => problem.Code));
    }

    [Theory]
    [InlineData("""{"a": {"$ref": "#/x"}}""", "webgate.keyword $ref")]
    [InlineData("""{"a": {"type": "array", "items": {"type": "string", "uniqueItems": true}}}""", "webgate.keyword uniqueItems")]
    [InlineData("""{"a": {"type": "array", "maxItems": 3}}""", "webgate.keyword maxItems")]
    [InlineData("""{"a": {"type": "integer", "exclusiveMinimum": 3}}""", "webgate.keyword exclusiveMinimum")]
    [InlineData("""{"a": {"anyOf": [{"type": "string", "example": "x"}]}}""", "webgate.keyword example")]
    [InlineData("""{"a": {"type": "boolean", "default": false}}""", "webgate.default false")]
    [InlineData("""{"a": {"type": "text"}}""", "webgate.type text")]
    [InlineData("""{"a": {"type": "string|integer", "enums": ["a"], "maxB64DLen": 3, "title": "x", "examples": ["y"], "$comment": "z"}}""", "")]
    [InlineData("""{"default": {"type": "string"}, "$ref": {"type": "string"}}""", "")]
    public void Lint_KeywordsOfTheDialect_OnlyUnknownOnesFound(string properties, string expected)
    {
        var file = $$"""
            {"meta": {"serviceId": "x", "x": {"input": {"i": {"dataType": "text"} } } },
             "schemainput": {"type": "object", "properties": {{properties}}}, "schemaoutput": {{Empty}}}
            """;

        var problems = GatewayLint.Check(file).Value!;

        Assert.Equal(expected, string.Join(", ", problems.Select(problem => $"{problem.Code} {problem.Args[1]}")));
    }

    [Fact]
    public void Lint_Meta_ServiceIdAndDataTypesChecked()
    {
        var problems = GatewayLint.Check($$"""{"meta": {"serviceId": "", "x": {"accept": {"o": {"dataType": "vedio"} } } }, "schemainput": {{Empty}} }""").Value!;

        Assert.Equal(
            ["/meta/serviceId webgate.service_id_missing", "/meta/x/accept/o/dataType webgate.data_type"],
            problems.Select(problem => $"{problem.Field} {problem.Code}"));
    }

    [Fact]
    public void Write_Stream_StatusesOfAStream()
    {
        var text = SchemaWriter.Write(Sample.Digits with { Interaction = Interactions.Stream }, SchemaFormat.Webgate).Value!.Text;

        Assert.Equal(4, text.Split("\"status\": {").Length - 1);
        Assert.DoesNotContain("            3\n", text, StringComparison.Ordinal);
        Assert.Equal(Interactions.Stream, SchemaReader.Read(text).Value!.Schema.Interaction);
    }

    [Fact]
    public void Write_Rules_SaidSoThatNothingValidIsRefused()
    {
        var schema = new ApiSchema
        {
            Service = "svc",
            Parameters =
            [
                new ApiParameter { Name = "i", Type = "integer", Format = "int32", ExclusiveMinimum = 0.5m, Maximum = 10, ExclusiveMaximum = 10 },
                new ApiParameter { Name = "a", Type = "array", MinItems = 1, MaxItems = 3, Items = new ApiParameter { MaxLength = 2 } },
                new ApiParameter { Name = "p", Pattern = @"^\u4e00\u002b(?<word>\w+)$" },
            ],
            Payload = [new PayloadEntry { Name = "in", Type = "image", MinBytes = 10, MaxBytes = 100 }],
        };

        var text = SchemaWriter.Write(schema, SchemaFormat.Webgate).Value!.Text;

        var root = System.Text.Json.Nodes.JsonNode.Parse(text)!["schemainput"]!["properties"]!;
        var parameters = root["parameter"]!["properties"]!["svc"]!["properties"]!;
        Assert.Equal((1, 9), ((int)parameters["i"]!["minimum"]!, (int)parameters["i"]!["maximum"]!));
        Assert.Equal((1, 3, 8), ((int)parameters["a"]!["minLength"]!, (int)parameters["a"]!["maxLength"]!, (int)parameters["a"]!["items"]!["maxLength"]!));
        Assert.Equal(@"^一\x2b(\w+)$", (string?)parameters["p"]!["pattern"]);
        var image = root["payload"]!["properties"]!["in"]!["properties"]!["image"]!;
        Assert.Equal((16, 136), ((int)image["minLength"]!, (int)image["maxLength"]!));
        Assert.Equal(schema.Parameters[0], SchemaReader.Read(text).Value!.Schema.Parameters[0] with { Enum = schema.Parameters[0].Enum, Properties = schema.Parameters[0].Properties });
    }

    [Fact]
    public void Read_RuleChangedByHand_TheRuleCounts()
    {
        var schema = new ApiSchema { Service = "svc", Parameters = [new ApiParameter { Name = "s", MaxLength = 10, Format = "email" }] };
        var text = SchemaWriter.Write(schema, SchemaFormat.Webgate).Value!.Text;

        var read = SchemaReader.Read(text.Replace("\"maxLength\": 40", "\"maxLength\": 20", StringComparison.Ordinal)).Value!;

        Assert.Equal(20, read.Schema.Parameters[0].MaxLength);
        Assert.Contains(read.Notes, note => note is { Code: "import.marker_stale", Line: > 0 });
    }

    [Fact]
    public void Read_MetaMembersThatTheModelLacks_KeptAndWrittenAgain()
    {
        const string File = """
            {"meta": {"serviceId": "s1", "version": "1.2.0", "service": ["svc"], "route": ["/a", "/b"], "hosts": ["h1", "h2"], "routeKey": ["$.header.uid"],
              "session_timeout": 1000, "read_timeout": 2000, "codeMap": {"10163": 400}, "build_header": true,
              "subRoute": [{"subServiceId": "x", "priority": 1, "rules": {"$.a": [1, "2"]}}], "svc": {"input": {}, "accept": {}}},
             "schemainput": {"type": "object", "properties": {"parameter": {"type": "object", "properties": {"svc": {"type": "object", "properties": {}}}}}},
             "schemaoutput": {"type": "object", "properties": {}}}
            """;

        var gateway = SchemaReader.Read(File).Value!.Schema.Gateway;

        Assert.Equal("s1", gateway.ServiceId);
        Assert.Equal(["/a", "/b"], gateway.Routes);
        Assert.Equal((1000, 2000), (gateway.SessionTimeout, gateway.ReadTimeout));
        Assert.Equal("""{"codeMap":{"10163":400},"build_header":true,"subRoute":[{"subServiceId":"x","priority":1,"rules":{"$.a":[1,"2"]}}]}""", gateway.Extra);
        var written = SchemaWriter.Write(SchemaReader.Read(File).Value!.Schema, SchemaFormat.Webgate).Value!.Text;
        Assert.Contains("\"subServiceId\": \"x\"", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownDataType_AudioAsAtTheGatewayWithANote()
    {
        var read = SchemaReader.Read($$"""
            {"meta": {"serviceId": "svc", "version": "1.0.0", "service": ["svc"], "svc": {"input": {"i": {"dataType": "vedio"} }, "accept": {} } },
             "schemainput": {"type": "object", "properties": {"payload": {"type": "object", "properties": {"i": {{Empty}} } } } } }
            """).Value!;

        Assert.Equal("audio", Assert.Single(read.Schema.Payload).Type);
        Assert.Contains(read.Notes, note => note.Code == "import.webgate_data_type");
    }
}
