using System.Text.Json;
using AvaConsole.Core.Schemas.Validation.JsonSchema;

namespace AvaConsole.Tests.Core.Schemas.Validation;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("""{"properties":{"next":{"$ref":"#"},"v":{"type":"integer"}}}""", """{"next":{"next":{"v":1}}}""", true)]
    [InlineData("""{"properties":{"next":{"$ref":"#"},"v":{"type":"integer"}}}""", """{"next":{"next":{"v":"x"}}}""", false)]
    [InlineData("""{"$ref":"#/$defs/a%25b~1c","minimum":3,"$defs":{"a%b/c":{"type":"integer"}}}""", "2", false)]
    [InlineData("""{"$ref":"#/$defs/a%25b~1c","minimum":3,"$defs":{"a%b/c":{"type":"integer"}}}""", "3", true)]
    [InlineData("""{"$id":"http://x.example/root.json","$ref":"dir/one.json","$defs":{"a":{"$id":"dir/","$defs":{"b":{"$id":"one.json","$ref":"two.json"},"c":{"$id":"two.json","type":"null"}}}}}""", "null", true)]
    [InlineData("""{"$id":"http://x.example/root.json","$ref":"dir/one.json","$defs":{"a":{"$id":"dir/","$defs":{"b":{"$id":"one.json","$ref":"two.json"},"c":{"$id":"two.json","type":"null"}}}}}""", "1", false)]
    [InlineData("""{"$ref":"#here","$defs":{"x":{"$anchor":"here","const":1}}}""", "2", false)]
    [InlineData("""{"$id":"urn:example:one","$ref":"urn:example:one#/$defs/x","$defs":{"x":{"const":1}}}""", "1", true)]
    [InlineData("""{"$ref":"https://json-schema.org/draft/2020-12/schema"}""", """{"properties":{"a":{"type":"strin"}}}""", false)]
    [InlineData("""{"$ref":"https://json-schema.org/draft/2020-12/schema"}""", """{"properties":{"a":{"type":"string","minLength":1}}}""", true)]
    [InlineData("""{"$id":"http://x.example/s","$dynamicAnchor":"n","$ref":"tree","unevaluatedProperties":false,"$defs":{"t":{"$id":"tree","$dynamicAnchor":"n","properties":{"v":true,"c":{"items":{"$dynamicRef":"#n"}}}}}}""", """{"c":[{"w":1}]}""", false)]
    [InlineData("""{"$id":"http://x.example/s","$dynamicAnchor":"n","$ref":"tree","unevaluatedProperties":false,"$defs":{"t":{"$id":"tree","$dynamicAnchor":"n","properties":{"v":true,"c":{"items":{"$dynamicRef":"#n"}}}}}}""", """{"c":[{"v":1}]}""", true)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","definitions":{"a":{"type":"integer"}},"$ref":"#/definitions/a","maximum":1}""", "5", true)]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2019-09/schema","items":[{"type":"integer"}],"additionalItems":false}""", "[1,2]", false)]
    [InlineData("""{"enum":[{"$id":"http://x.example/e","type":"null"}],"$defs":{"e":{"$id":"http://x.example/e","type":"string"}}}""", """{"$id":"http://x.example/e","type":"null"}""", true)]
    public void Validate_Reference_LeadsToItsSchema(string schema, string value, bool expected) => Assert.Equal(expected, Check.IsValid(schema, value));

    [Fact]
    public void Validate_OtherDocument_ComesFromTheCaller()
    {
        using var other = JsonDocument.Parse("""{"$defs":{"word":{"$anchor":"w","type":"string"}}}""");
        var asked = new List<string>();
        var options = new JsonSchemaOptions
        {
            BaseUri = "https://x.example/api/root.json",
            Documents = uri =>
            {
                asked.Add(uri);
                return uri == "https://x.example/common.json" ? other.RootElement : null;
            },
        };

        Assert.True(Check.IsValid("""{"items":{"$ref":"../common.json#w"}}""", """["a"]""", options));
        Assert.False(Check.IsValid("""{"items":{"$ref":"../common.json#/$defs/word"}}""", "[1]", options));
        Assert.Equal(["https://x.example/common.json"], asked.Distinct());
    }

    [Fact]
    public void Validate_MetaschemaWithoutValidationVocabulary_IgnoresItsKeywords()
    {
        using var metaschema = JsonDocument.Parse(
            """{"$schema":"https://json-schema.org/draft/2020-12/schema","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true,"https://json-schema.org/draft/2020-12/vocab/applicator":true}}""");
        var options = new JsonSchemaOptions { Documents = uri => uri == "https://x.example/meta" ? metaschema.RootElement : null };

        Assert.True(Check.IsValid("""{"$schema":"https://x.example/meta","properties":{"n":{"minimum":10}}}""", """{"n":1}""", options));
        Assert.False(Check.IsValid("""{"$schema":"https://x.example/meta","properties":{"n":false}}""", """{"n":1}""", options));
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/none"}}}""", "#/properties/a/$ref", "json_schema.unknown_reference")]
    [InlineData("""{"$ref":"https://nowhere.example/s.json"}""", "#/$ref", "json_schema.unknown_reference")]
    [InlineData("""{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"allOf":[{"$ref":"#/$defs/a"}]}},"$ref":"#/$defs/a"}""", "#/$defs/a", "json_schema.reference_loop")]
    [InlineData("""{"type":"strin"}""", "#/type", "json_schema.bad_keyword")]
    [InlineData("""{"items":{"minLength":-1}}""", "#/items/minLength", "json_schema.bad_keyword")]
    [InlineData("""{"multipleOf":0}""", "#/multipleOf", "json_schema.bad_keyword")]
    [InlineData("""{"pattern":"(a"}""", "#/pattern", "pattern.syntax")]
    [InlineData("""{"properties":{"a":7}}""", "#/properties/a", "json_schema.not_a_schema")]
    public void Compile_BadSchema_NamesThePlace(string schema, string place, string code)
    {
        var problem = Assert.Single(Check.Refuse(schema));

        Assert.Equal((place, code), (problem.Field, problem.Code));
    }
}
