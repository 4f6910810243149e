namespace AvaConsole.Tests.Core.Schemas.Validation;

public sealed class UnevaluatedTests
{
    [Theory]
    [InlineData("""{"properties":{"a":true},"unevaluatedProperties":false}""", """{"a":1}""", true)]
    [InlineData("""{"properties":{"a":true},"unevaluatedProperties":false}""", """{"a":1,"b":1}""", false)]
    [InlineData("""{"allOf":[{"properties":{"a":true}},{"patternProperties":{"^b":true}}],"unevaluatedProperties":false}""", """{"a":1,"b1":1}""", true)]
    [InlineData("""{"allOf":[{"properties":{"a":true},"additionalProperties":true}],"unevaluatedProperties":false}""", """{"z":1}""", true)]
    [InlineData("""{"anyOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":true},"required":["b"]}],"unevaluatedProperties":false}""", """{"a":1,"b":1}""", true)]
    [InlineData("""{"anyOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":true},"required":["b"]}],"unevaluatedProperties":false}""", """{"a":2,"b":1}""", false)]
    [InlineData("""{"not":{"not":{"properties":{"a":true}}},"unevaluatedProperties":false}""", """{"a":1}""", false)]
    [InlineData("""{"if":{"properties":{"a":{"const":1}},"required":["a"]},"then":{"properties":{"b":true}},"unevaluatedProperties":false}""", """{"a":1,"b":1}""", true)]
    [InlineData("""{"if":{"properties":{"a":{"const":1}},"required":["a"]},"then":{"properties":{"b":true}},"unevaluatedProperties":false}""", """{"a":2}""", false)]
    [InlineData("""{"dependentSchemas":{"a":{"properties":{"a":true,"b":true}}},"unevaluatedProperties":false}""", """{"a":1,"b":1}""", true)]
    [InlineData("""{"$ref":"#/$defs/x","unevaluatedProperties":false,"$defs":{"x":{"properties":{"a":true}}}}""", """{"a":1}""", true)]
    [InlineData("""{"allOf":[{"properties":{"a":true}},{"unevaluatedProperties":false}]}""", """{"a":1}""", false)]
    [InlineData("""{"allOf":[{"unevaluatedProperties":true}],"unevaluatedProperties":false}""", """{"a":1}""", true)]
    [InlineData("""{"properties":{"in":{"unevaluatedProperties":false,"properties":{"a":true}}},"unevaluatedProperties":false}""", """{"in":{"b":1}}""", false)]
    [InlineData("""{"unevaluatedProperties":{"type":"string"}}""", """{"a":"x"}""", true)]
    [InlineData("""{"prefixItems":[true],"unevaluatedItems":false}""", "[1]", true)]
    [InlineData("""{"prefixItems":[true],"unevaluatedItems":false}""", "[1,2]", false)]
    [InlineData("""{"items":true,"unevaluatedItems":false}""", "[1,2]", true)]
    [InlineData("""{"contains":{"type":"string"},"unevaluatedItems":false}""", """["a","b"]""", true)]
    [InlineData("""{"contains":{"type":"string"},"unevaluatedItems":false}""", """["a",1]""", false)]
    [InlineData("""{"allOf":[{"prefixItems":[true]},{"contains":{"const":9}}],"unevaluatedItems":{"type":"null"}}""", "[1,9,null]", true)]
    [InlineData("""{"oneOf":[{"prefixItems":[{"const":1},true]},{"prefixItems":[{"const":2}]}],"unevaluatedItems":false}""", "[2,3]", false)]
    [InlineData("""{"unevaluatedItems":false}""", "\"no array\"", true)]
    public void Validate_Unevaluated_CountsOnlyWhatFits(string schema, string value, bool expected) => Assert.Equal(expected, Check.IsValid(schema, value));
}
