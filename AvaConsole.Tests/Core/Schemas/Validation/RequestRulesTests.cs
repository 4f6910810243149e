using System.Text.Json;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;

namespace AvaConsole.Tests.Core.Schemas.Validation;

/// <summary>What a request is asked beyond types, bounds and names.</summary>
public sealed class RequestRulesTests
{
    [Theory]
    [InlineData("\"ab\"", null)]
    [InlineData("\"AB\"", "request.pattern")]
    [InlineData("null", null)]
    [InlineData("3", "request.wrong_type")]
    public void Validate_PatternAndNullable_AreHonoured(string value, string? code) =>
        AssertCode(new ApiParameter { Name = "p", Pattern = "^[a-z]+$", Nullable = true }, value, code);

    [Theory]
    [InlineData("0.3", null)]
    [InlineData("0", "request.not_above")]
    [InlineData("1", "request.not_below")]
    [InlineData("0.35", "request.not_multiple")]
    [InlineData("1e400", "request.number_too_large")]
    public void Validate_ExclusiveBoundsAndMultiples_AreExact(string value, string? code) =>
        AssertCode(new ApiParameter { Name = "p", Type = "number", ExclusiveMinimum = 0, ExclusiveMaximum = 1, MultipleOf = 0.1m }, value, code);

    [Theory]
    [InlineData("[1,2]", null)]
    [InlineData("[]", "request.too_few_items")]
    [InlineData("[1,2,3]", "request.too_many_items")]
    [InlineData("[1,1.0]", "request.not_unique")]
    public void Validate_ItemCounts_AreHonoured(string value, string? code) => AssertCode(
        new ApiParameter { Name = "p", Type = "array", MinItems = 1, MaxItems = 2, UniqueItems = true, Items = new ApiParameter { Type = "integer" } }, value, code);

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "request.unknown_member")]
    public void Validate_OpenObject_TakesOtherMembers(bool isOpen, string? code) => AssertCode(
        new ApiParameter { Name = "p", Type = "object", Open = isOpen, Properties = [new ApiParameter { Name = "a" }] }, "{\"a\":\"x\",\"other\":1}", code);

    [Theory]
    [InlineData("{\"status\":0}", null)]
    [InlineData("{\"status\":2,\"trace\":\"x\"}", null)]
    [InlineData("{\"status\":3}", "$.header.status")]
    [InlineData("{}", "$.header.status")]
    public void Validate_StreamHeader_SaysWhichPieceItIs(string header, string? field)
    {
        var schema = CompiledSchema.Compile(new ApiSchema { Service = "s", Interaction = Interactions.Stream });
        using var request = JsonDocument.Parse($"{{\"header\":{header}}}");

        Assert.Equal(field is null ? [] : [field], schema.Validate(request.RootElement).Select(problem => problem.Field));
    }

    [Fact]
    public void Validate_EntryThatStandsThereTwice_ReplacesNoOther()
    {
        var schema = CompiledSchema.Compile(new ApiSchema { Service = "s", Payload = [Text("first"), Text("second")] });
        using var request = JsonDocument.Parse("""{"payload":{"first":{"text":"a"},"first":{"text":"b"}}}""");

        Assert.Equal([("$.payload.second", "request.payload_missing")], schema.Validate(request.RootElement).Select(problem => (problem.Field, problem.Code)));

        static PayloadEntry Text(string name) => new() { Name = name, Type = PayloadTypes.Text, Required = true };
    }

    [Theory]
    [InlineData("""{"data":"AAAA","format":"pcm","sample_rate":16000}""", null)]
    [InlineData("""{"data":"AAAA","format":"wav"}""", null)]
    [InlineData("""{"data":"AAAA","format":"mp3"}""", "request.not_in_enum")]
    [InlineData("""{"data":"AAAA","sample_rate":44100}""", "request.not_in_enum")]
    [InlineData("""{"data":"AAAA","frame_size":1281}""", "request.above_maximum")]
    [InlineData("""{"data":"AA=="}""", "request.payload_too_small")]
    [InlineData("""{"data":"AAAAAAAA"}""", "request.payload_too_large")]
    public void Validate_AudioEntry_HonoursItsRates(string entry, string? code)
    {
        var audio = new PayloadEntry { Name = "a", Type = "audio", Formats = ["pcm", "wav"], SampleRates = [16000, 8000], MaxFrameSize = 1280, MinBytes = 2, MaxBytes = 3 };

        AssertCode(new ApiSchema { Service = "s", Payload = [audio] }, $"{{\"payload\":{{\"a\":{entry}}}}}", code);
    }

    [Theory]
    [InlineData("""{"json":{"id":1}}""", null)]
    [InlineData("""{"json":{"id":"x"}}""", "request.wrong_type")]
    public void Validate_JsonEntry_HoldsItsContent(string entry, string? code)
    {
        var content = new ApiParameter { Type = "object", Properties = [new ApiParameter { Name = "id", Type = "integer" }] };

        AssertCode(new ApiSchema { Service = "s", Payload = [new PayloadEntry { Name = "a", Type = "json", Content = content }] }, $"{{\"payload\":{{\"a\":{entry}}}}}", code);
    }

    private static void AssertCode(ApiParameter parameter, string value, string? code) =>
        AssertCode(new ApiSchema { Service = "s", Parameters = [parameter] }, $"{{\"parameters\":{{\"p\":{value}}}}}", code);

    private static void AssertCode(ApiSchema schema, string request, string? code)
    {
        using var document = JsonDocument.Parse(request);

        Assert.Equal(code is null ? [] : [code], CompiledSchema.Compile(schema).Validate(document.RootElement).Select(problem => problem.Code));
    }
}
