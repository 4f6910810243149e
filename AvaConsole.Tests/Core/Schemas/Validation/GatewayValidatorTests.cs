using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Gateway;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Core.Schemas.Validation;

public sealed class GatewayValidatorTests
{
    [Theory]
    [InlineData("""{"properties":{"a":{}}}""", """{"a":1}""", """{"b":1}""", "/b", "validation.additionalPropertiesNear")]
    [InlineData("""{"properties":{"a":{"type":"string","enum":["x"]}}}""", """{"a":null}""", """{"a":"y"}""", "/a", "validation.enum")]
    [InlineData("""{"type":"string|integer"}""", "3.0", "3.5", "", "validation.type")]
    [InlineData("""{"type":"bool"}""", "true", "1", "", "validation.type")]
    [InlineData("""{"maxLength":4}""", "\"数a\"", "\"数字\"", "", "validation.max_bytes")]
    [InlineData("""{"maxLength":1}""", "[1]", "[1,2]", "", "validation.maxItems")]
    [InlineData("""{"minLength":3}""", "\"数\"", "\"a\"", "", "validation.min_bytes")]
    [InlineData("""{"enums":[1,2]}""", "1.0", "3", "", "validation.enum")]
    [InlineData("""{"const":3}""", "\"3\"", "4", "", "validation.const")]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "3", "0", "", "validation.anyOf")]
    [InlineData("""{"dependencies":{"a":["b"]}}""", """{"a":1,"b":1}""", """{"a":1}""", "", "validation.dependentRequired")]
    [InlineData("""{"keyMatch":{"k":"v"}}""", """{"k":"v"}""", """{}""", "/k", "validation.key_match")]
    [InlineData("""{"switch":"t","case":{"x":{"required":["a"]}},"default":{"required":["b"]}}""", """{"t":"x","a":1}""", """{"t":"y"}""", "", "validation.required")]
    [InlineData("""{"if":{"required":["a"]},"then":{"error":"a is gone"}}""", "{}", """{"a":1}""", "", "validation.stated")]
    [InlineData("""{"maxB64DLen":3}""", "\"AAAA\"", "\"AAAAAAAA\"", "", "validation.max_bytes")]
    [InlineData("""{"children":{"a":{"type":"string"}}}""", """{"a":"x","b":1}""", """{"a":1}""", "/a", "validation.type")]
    [InlineData("""{"properties":{"a":{"defaultVal":1},"b":{}},"required":["a","b"]}""", """{"b":1}""", """{"a":1}""", "", "validation.required")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":{"type":"string"}}""", """{"b":"x"}""", """{"b":1}""", "/b", "validation.type")]
    [InlineData("""{"format":"ipv4"}""", "\"192.0.2.1\"", "\"x\"", "", "validation.format")]
    public void Validate_Dialect_IsTheGateways(string schema, string good, string bad, string pointer, string code)
    {
        var validator = Compile(schema);
        using var fits = JsonDocument.Parse(good);
        using var fails = JsonDocument.Parse(bad);

        Assert.Empty(validator.Validate(fits.RootElement));
        var problem = Assert.Single(validator.Validate(fails.RootElement));
        Assert.Equal((pointer, code), (problem.Field, problem.Code));
    }

    [Theory]
    [InlineData("""{"meta":{},"schemainput":{}}""", "#/meta/serviceId", "gateway_schema.no_service")]
    [InlineData("""{"meta":{"serviceId":"s"}}""", "#/schemainput", "gateway_schema.no_input")]
    [InlineData("""{"meta":{"serviceId":"s"},"schemainput":{"properties":{"a":{"uniqueItems":true}}}}""", "#/schemainput/properties/a/uniqueItems", "gateway_schema.unknown_keyword")]
    [InlineData("""{"$ref":"#"}""", "#/$ref", "gateway_schema.unknown_keyword")]
    [InlineData("""{"properties":{"a":{"default":false}}}""", "#/properties/a/default", "gateway_schema.bad_keyword")]
    [InlineData("""{"properties":{"a":{}},"required":["b"]}""", "#/required", "gateway_schema.required_unknown")]
    [InlineData("""{"type":"null"}""", "#/type", "gateway_schema.bad_keyword")]
    [InlineData("""{"format":"int32"}""", "#/format", "gateway_schema.bad_keyword")]
    public void Compile_FileThatTheGatewayRefuses_SaysWhy(string file, string place, string code)
    {
        using var document = JsonDocument.Parse(file);

        var problem = Assert.Single(((InvalidError)GatewayValidator.Compile(document.RootElement).Error!).Problems);

        Assert.Equal((place, code), (problem.Field, problem.Code));
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"defaultVal":3},"b":{"constVal":"x"}}}""", """{"b":"y"}""", """{"b":"x","a":3}""")]
    [InlineData("""{"properties":{"old":{"replaceKey":"new"},"new":{}}}""", """{"old":1}""", """{"old":1,"new":1}""")]
    [InlineData("""{"properties":{"old":{"replaceKey":"new"},"new":{}}}""", """{"old":1,"new":2}""", """{"old":1,"new":2}""")]
    [InlineData("""{"properties":{"n":{"formatVal":"string"},"s":{"formatVal":"number"}}}""", """{"n":3.0,"s":"4"}""", """{"n":"3","s":4}""")]
    [InlineData("""{"setVal":{"c":{"func":"append","args":["${a}","-","${b}"]}},"delete":["a"]}""", """{"a":"x","b":1}""", """{"b":1,"c":"x-1"}""")]
    [InlineData("""{"properties":{"in":{"properties":{"d":{"defaultVal":true}}}}}""", """{"in":{}}""", """{"in":{"d":true}}""")]
    [InlineData("""{"items":{"properties":{"d":{"defaultVal":1}}}}""", "[{},{\"d\":2}]", "[{\"d\":1},{\"d\":2}]")]
    [InlineData("""{"switch":"t","case":{"x":{"properties":{"t":{},"e":{"defaultVal":0}}}}}""", """{"t":"x"}""", """{"t":"x","e":0}""")]
    [InlineData("""{"if":{"required":["a"]},"then":{"properties":{"a":{},"z":{"defaultVal":1}}}}""", """{"a":1}""", """{"a":1,"z":1}""")]
    public void Transform_Request_GivesTheChangedCopy(string schema, string request, string expected)
    {
        using var document = JsonDocument.Parse(request);

        Assert.Equal(expected, Compile(schema).Transform(document.RootElement)!.ToJsonString());
        Assert.Equal(request, document.RootElement.GetRawText());
    }

    [SharedDataTheory("ase/webgate")]
    [InlineData("mmocr-backup-demo.json")]
    [InlineData("s6d69bb68-text2image.json")]
    [InlineData("mnist-from-loader.json")]
    public void Compile_RealFile_Loads(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Combine("ase", "webgate", name)));

        Assert.True(GatewayValidator.Compile(document.RootElement).IsSuccess);
    }

    private static GatewayValidator Compile(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return GatewayValidator.Compile(document.RootElement).Value!;
    }
}
