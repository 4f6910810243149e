using System.Text.Json;

namespace AvaConsole.Tests.Core.Schemas.Validation;

/// <summary>Each keyword with values that fit it and values that do not; other kinds of value always fit.</summary>
public sealed class KeywordTests
{
    [Theory]
    [InlineData("true", "[null,1,{}]", "[]")]
    [InlineData("false", "[]", "[null,1,{}]")]
    [InlineData("{}", "[null,1,{}]", "[]")]
    [InlineData("""{"type":"integer"}""", "[1,1.0,-3e2,1e400,12345678901234567890123]", "[1.5,1e-1,\"1\",null,true]")]
    [InlineData("""{"type":"number"}""", "[1,1.5,1e-400]", "[\"1\",null,[]]")]
    [InlineData("""{"type":"string"}""", "[\"\",\"a\"]", "[1,null,{}]")]
    [InlineData("""{"type":"boolean"}""", "[true,false]", "[0,\"true\",null]")]
    [InlineData("""{"type":"null"}""", "[null]", "[0,\"\",false]")]
    [InlineData("""{"type":["array","object"]}""", "[[],{}]", "[1,\"\",null]")]
    [InlineData("""{"enum":[1,"a",null,{"x":[1.0,2]},[]]}""", "[1.0,\"a\",null,{\"x\":[1,2.0]},[]]", "[true,\"b\",{\"x\":[2,1]},{}]")]
    [InlineData("""{"enum":[0]}""", "[0,0.0,-0,0e5]", "[false,\"0\",null]")]
    [InlineData("""{"const":{"a":1,"b":2}}""", "[{\"b\":2,\"a\":1}]", "[{\"a\":1},{\"a\":1,\"b\":2,\"c\":3}]")]
    [InlineData("""{"const":"caf\u00e9/\ud83d\ude00"}""", "[\"café\\/😀\",\"caf\\u00e9/\\uD83D\\uDE00\"]", "[\"cafe\\u0301/😀\"]")]
    [InlineData("""{"enum":[1],"const":1}""", "[1]", "[2]")]
    [InlineData("""{"minimum":1.1}""", "[1.1,1.10,2,\"x\"]", "[1,1.0999999999999999999999]")]
    [InlineData("""{"maximum":100}""", "[100,100.0,1e2,-1e400]", "[100.5,1e400,100.00000000000000000001]")]
    [InlineData("""{"exclusiveMinimum":0}""", "[1e-400,1]", "[0,-0.0,-1]")]
    [InlineData("""{"exclusiveMaximum":9007199254740993}""", "[9007199254740992]", "[9007199254740993,9007199254740994]")]
    [InlineData("""{"multipleOf":0.1}""", "[0.3,0.7,1,0,-4.2,1e300]", "[0.35,0.01]")]
    [InlineData("""{"multipleOf":1e-7}""", "[12391239123,0.0000003]", "[0.00000001]")]
    [InlineData("""{"multipleOf":123456789012345678901}""", "[123456789012345678901,246913578024691357802e5]", "[123456789012345678902,1]")]
    [InlineData("""{"minLength":2}""", "[\"ab\",\"😀é\",5]", "[\"a\",\"😀\",\"\\ud83d\\ude00\"]")]
    [InlineData("""{"maxLength":2.0}""", "[\"ab\",\"😀😀\",\"\"]", "[\"abc\",\"😀😀😀\"]")]
    [InlineData("""{"pattern":"^a+$"}""", "[\"a\",\"aaa\",7]", "[\"\",\"b\",\"a\\n\",\"ab\"]")]
    [InlineData("""{"pattern":"b"}""", "[\"abc\"]", "[\"ac\"]")]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[[1],[1,2],{}]", "[[],[1,2,3]]")]
    [InlineData("""{"uniqueItems":true}""", "[[],[1,true,\"1\",[1],{\"a\":1}],[[1],[true]]]", "[[1,1.0],[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}],[\"a\",\"\\u0061\"]]")]
    [InlineData("""{"prefixItems":[{"type":"integer"},{"type":"string"}],"items":false}""", "[[],[1],[1,\"a\"]]", "[[\"a\"],[1,\"a\",2]]")]
    [InlineData("""{"items":{"type":"integer"}}""", "[[],[1,2],\"x\"]", "[[1,\"a\"]]")]
    [InlineData("""{"contains":{"minimum":5}}""", "[[3,5],{}]", "[[],[1,2]]")]
    [InlineData("""{"contains":{"const":1},"minContains":2,"maxContains":3}""", "[[1,1],[1,2,1,1]]", "[[1],[1,1,1,1],[]]")]
    [InlineData("""{"contains":{"const":1},"minContains":0}""", "[[],[2]]", "[]")]
    [InlineData("""{"minProperties":1,"maxProperties":2}""", "[{\"a\":1},[]]", "[{},{\"a\":1,\"b\":1,\"c\":1}]")]
    [InlineData("""{"required":["a","__proto__"]}""", "[{\"a\":1,\"__proto__\":2},[]]", "[{\"a\":1},{}]")]
    [InlineData("""{"properties":{"a":{"type":"string"},"b":false}}""", "[{},{\"a\":\"x\",\"c\":1}]", "[{\"a\":1},{\"b\":1}]")]
    [InlineData("""{"properties":{"a":true},"patternProperties":{"^x":{"type":"integer"}},"additionalProperties":{"type":"boolean"}}""", "[{\"a\":\"s\",\"x1\":1,\"z\":true}]", "[{\"x1\":\"s\"},{\"z\":1}]")]
    [InlineData("""{"additionalProperties":false}""", "[{},1]", "[{\"a\":1}]")]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", "[{\"ab\":1},{}]", "[{\"abc\":1}]")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", "[{},{\"b\":1},{\"a\":1,\"b\":1}]", "[{\"a\":1}]")]
    [InlineData("""{"dependentSchemas":{"a":{"minProperties":2}}}""", "[{},{\"a\":1,\"c\":1}]", "[{\"a\":1}]")]
    [InlineData("""{"dependencies":{"a":["b"],"c":{"required":["d"]}}}""", "[{\"a\":1,\"b\":1},{\"c\":1,\"d\":1}]", "[{\"a\":1},{\"c\":1}]")]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":3}]}""", "[1,3]", "[0,4]")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":3}]}""", "[\"a\",3]", "[2]")]
    [InlineData("""{"oneOf":[{"multipleOf":2},{"multipleOf":3}]}""", "[2,3]", "[6,5]")]
    [InlineData("""{"not":{"type":"integer"}}""", "[\"a\",1.5]", "[1,1.0]")]
    [InlineData("""{"if":{"minimum":10},"then":{"multipleOf":10},"else":{"maximum":5}}""", "[20,3]", "[15,7]")]
    [InlineData("""{"then":false,"else":false}""", "[1]", "[]")]
    [InlineData("""{"format":"ipv4","contentEncoding":"base64","deprecated":true,"x-own":{"$ref":"nowhere"}}""", "[\"no\"]", "[]")]
    public void Validate_Keyword_TakesWhatFitsOnly(string schema, string good, string bad)
    {
        var validator = Check.Compile(schema);
        using var fits = JsonDocument.Parse(good);
        using var fails = JsonDocument.Parse(bad);

        Assert.All(fits.RootElement.EnumerateArray(), value => Assert.Empty(validator.Validate(value)));
        Assert.All(fails.RootElement.EnumerateArray(), value => Assert.NotEmpty(validator.Validate(value)));
    }
}
