using System.Text.Json;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;

namespace AvaConsole.Tests.Core.Schemas;

public sealed class CompiledSchemaTests
{
    private const string Picture = "\"payload\":{\"image\":{\"data\":\"aGk=\"}}";

    private static readonly CompiledSchema s_digits = CompiledSchema.Compile(Sample.Digits);

    [Theory]
    [InlineData("{" + Picture + "}")]
    [InlineData("{\"parameters\":{}," + Picture + "}")]
    [InlineData("{\"parameters\":{\"top_k\":3.0,\"threshold\":0.5,\"mode\":\"fast\"}," + Picture + "}")]
    [InlineData("{\"parameters\":{\"top_k\":10e0}," + Picture + "}")]
    [InlineData("{\"payload\":{\"image\":{\"data\":\"\\/\\/8=\",\"encoding\":\"jpeg\",\"compress\":\"raw\"}}}")]
    [InlineData("{\"payload\":{\"image\":{\"uri\":\"https://pictures.example/1.png\"}}}")]
    public void Validate_GoodRequest_FindsNothing(string request) => Assert.Empty(Validate(s_digits, request));

    [Theory]
    [InlineData("[]", "$", "request.wrong_type")]
    [InlineData("{}", "$.payload.image", "request.payload_missing")]
    [InlineData("{\"payload\":[]}", "$.payload", "request.wrong_type")]
    [InlineData("{\"payload\":{}}", "$.payload.image", "request.payload_missing")]
    [InlineData("{\"payload\":{\"image\":\"aGk=\"}}", "$.payload.image", "request.wrong_type")]
    [InlineData("{\"payload\":{\"image\":{}}}", "$.payload.image", "request.payload_empty")]
    [InlineData("{\"payload\":{\"image\":{\"data\":\"aGk=\",\"uri\":\"data:,x\"}}}", "$.payload.image", "request.payload_ambiguous")]
    [InlineData("{\"payload\":{\"image\":{\"data\":\"***\"}}}", "$.payload.image.data", "request.not_base64")]
    [InlineData("{\"payload\":{\"image\":{\"data\":\"aGk\"}}}", "$.payload.image.data", "request.not_base64")]
    [InlineData("{\"payload\":{\"image\":{\"data\":\"\"}}}", "$.payload.image.data", "request.payload_no_bytes")]
    [InlineData("{\"payload\":{\"image\":{\"data\":7}}}", "$.payload.image.data", "request.wrong_type")]
    [InlineData("{\"payload\":{\"image\":{\"data\":\"aGk=\",\"encoding\":\"speex\"}}}", "$.payload.image.encoding", "request.not_in_enum")]
    [InlineData("{\"payload\":{\"image\":{\"data\":\"aGk=\",\"compress\":\"gzip\"}}}", "$.payload.image.compress", "request.not_in_enum")]
    [InlineData("{\"payload\":{\"image\":{\"uri\":\"file:///etc/passwd\"}}}", "$.payload.image.uri", "request.uri_scheme")]
    [InlineData("{\"parameters\":7," + Picture + "}", "$.parameters", "request.wrong_type")]
    [InlineData("{\"parameters\":null," + Picture + "}", "$.parameters", "request.wrong_type")]
    [InlineData("{\"parameters\":{\"top_k\":0}," + Picture + "}", "$.parameters.top_k", "request.below_minimum")]
    [InlineData("{\"parameters\":{\"top_k\":11}," + Picture + "}", "$.parameters.top_k", "request.above_maximum")]
    [InlineData("{\"parameters\":{\"top_k\":3.5}," + Picture + "}", "$.parameters.top_k", "request.wrong_type")]
    [InlineData("{\"parameters\":{\"top_k\":\"3\"}," + Picture + "}", "$.parameters.top_k", "request.wrong_type")]
    [InlineData("{\"parameters\":{\"top_k\":1e400}," + Picture + "}", "$.parameters.top_k", "request.number_too_large")]
    [InlineData("{\"parameters\":{\"threshold\":0.50000000000000001}," + Picture + "}", "$.parameters.threshold", "request.above_maximum")]
    [InlineData("{\"parameters\":{\"mode\":3}," + Picture + "}", "$.parameters.mode", "request.wrong_type")]
    [InlineData("{\"parameters\":{\"mode\":\"slow\"}," + Picture + "}", "$.parameters.mode", "request.not_in_enum")]
    [InlineData("{\"parameters\":{\"a b'c\":1}," + Picture + "}", "$.parameters['a b\\'c']", "request.unknown_member")]
    [InlineData("{\"header\":{}," + Picture + "}", "$.header", "request.unknown_member")]
    public void Validate_BadRequest_NamesTheMember(string request, string field, string code) =>
        Assert.Equal([(field, code)], Validate(s_digits, request));

    [Fact]
    public void Validate_SeveralProblems_ReportsAllAtOnce() => Assert.Equal(
        [
            ("$.parameters.top_k", "request.above_maximum"),
            ("$.parameters.topk", "request.unknown_member_near"),
            ("$.payload.image", "request.payload_missing"),
        ],
        Validate(s_digits, "{\"parameters\":{\"top_k\":50,\"topk\":1},\"payload\":{}}"));

    [Theory]
    [InlineData("topK", "top_k")]
    [InlineData("treshold", "threshold")]
    [InlineData("moed", "mode")]
    [InlineData("language", null)]
    public void Validate_UnknownParameter_SuggestsTheNearest(string name, string? nearest)
    {
        using var request = JsonDocument.Parse($"{{\"parameters\":{{\"{name}\":1}},{Picture}}}");

        var problem = Assert.Single(s_digits.Validate(request.RootElement));

        Assert.Equal(nearest is null ? [name] : new object[] { name, nearest }, problem.Args);
    }

    [Fact]
    public void Validate_ObjectMembers_AreClosedAndRequired()
    {
        var schema = CompiledSchema.Compile(Sample.ImageDetect with { Payload = [] });

        Assert.Equal(
            [("$.parameters.vcn", "request.required"), ("$.parameters.someother", "request.required")],
            Validate(schema, "{}"));
        Assert.Equal(
            [("$.parameters.someother.value3", "request.unknown_member_near"), ("$.parameters.someother.value2", "request.required")],
            Validate(schema, "{\"parameters\":{\"vcn\":\"x\",\"someother\":{\"value3\":1}}}"));
    }

    [Fact]
    public void Validate_ObjectWithoutMembers_TakesAnyUpToTheDepthLimit()
    {
        var schema = CompiledSchema.Compile(new ApiSchema { Service = "free", Parameters = [new ApiParameter { Name = "extra", Type = "object" }] });

        Assert.Empty(Validate(schema, "{\"parameters\":{\"extra\":{\"a\":{\"b\":[1,null]}}}}"));
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 20)) + "1" + new string('}', 20);
        Assert.Equal("request.too_deep", Assert.Single(Validate(schema, $"{{\"parameters\":{{\"extra\":{deep}}}}}")).Code);
    }

    [Fact]
    public void Validate_Array_ChecksEveryElement()
    {
        var items = new ApiParameter { Type = "integer", Enum = ["1", "2"] };
        var schema = CompiledSchema.Compile(new ApiSchema { Service = "list", Parameters = [new ApiParameter { Name = "ids", Type = "array", Items = items }] });

        Assert.Equal(
            [("$.parameters.ids[1]", "request.not_in_enum"), ("$.parameters.ids[2]", "request.wrong_type")],
            Validate(schema, "{\"parameters\":{\"ids\":[2.0,3,\"1\"]}}"));
    }

    [Fact]
    public void Validate_ThousandsOfProblems_StopsAtAHundred()
    {
        var members = string.Join(",", Enumerable.Range(0, 5000).Select(i => $"\"x{i}\":1"));

        Assert.Equal(100, Validate(s_digits, $"{{\"parameters\":{{{members}}},{Picture}}}").Count);
    }

    [Fact]
    public void Validate_StringLength_CountsCharacters()
    {
        var schema = CompiledSchema.Compile(new ApiSchema { Service = "text", Parameters = [new ApiParameter { Name = "word", MinLength = 2, MaxLength = 3 }] });

        Assert.Empty(Validate(schema, "{\"parameters\":{\"word\":\"😀数字\"}}"));
        Assert.Equal([("$.parameters.word", "request.too_short")], Validate(schema, "{\"parameters\":{\"word\":\"😀\"}}"));
        Assert.Equal([("$.parameters.word", "request.too_long")], Validate(schema, "{\"parameters\":{\"word\":\"abcd\"}}"));
    }

    [Theory]
    [InlineData("[2,3]", true)]
    [InlineData("[2,4]", false)]
    [InlineData("[2]", false)]
    [InlineData("[0,3]", false)]
    [InlineData("\"2,3\"", false)]
    public void Validate_TensorShape_MustFit(string shape, bool accepted)
    {
        var schema = CompiledSchema.Compile(new ApiSchema { Service = "tensor", Payload = [new PayloadEntry { Name = "x", Type = "tensor", DataType = "FP32", Shape = [-1, 3] }] });

        Assert.Equal(accepted, Validate(schema, $"{{\"payload\":{{\"x\":{{\"data\":\"AAAA\",\"shape\":{shape}}}}}}}").Count == 0);
    }

    [Fact]
    public void WithDefaults_MissingParameter_TakesTheDefault()
    {
        using var parameters = JsonDocument.Parse("{\"mode\":\"no\"}");

        Assert.Equal("{\"mode\":\"no\",\"top_k\":3}", s_digits.WithDefaults(parameters.RootElement).GetRawText());
        Assert.Equal("{\"top_k\":3}", s_digits.WithDefaults(default).GetRawText());
    }

    [Fact]
    public void ValidateParameters_OtherForm_NamesItsOwnPath()
    {
        using var parameters = JsonDocument.Parse("{\"top_k\":0}");

        Assert.Equal("$.params.top_k", Assert.Single(s_digits.ValidateParameters(parameters.RootElement, "$.params")).Field);
        Assert.Empty(s_digits.ValidateParameters(default, "$.params"));
    }

    [Fact]
    public void ImageEntry_FirstImageOfThePayload()
    {
        Assert.Equal("image1", CompiledSchema.Compile(Sample.ImageDetect).ImageEntry);
        Assert.Null(CompiledSchema.Compile(new ApiSchema()).ImageEntry);
    }

    private static List<(string Field, string Code)> Validate(CompiledSchema schema, string request)
    {
        using var document = JsonDocument.Parse(request);
        return schema.Validate(document.RootElement).Select(problem => (problem.Field, problem.Code)).ToList();
    }
}
