using System.Text;
using AvaConsole.Core.Schemas.Validation.JsonSchema;

namespace AvaConsole.Tests.Core.Schemas.Validation;

/// <summary>Schemas and values made to cost time, memory or stack: each ends, with an answer or a clear problem.</summary>
public sealed class HostileTests
{
    [Fact]
    public void Validate_SchemaThatDoublesAtEachLevel_IsGivenUp()
    {
        var levels = string.Join(",", Enumerable.Range(0, 60).Select(level => $"\"d{level}\":{{\"allOf\":[{{\"$ref\":\"#/$defs/d{level + 1}\"}},{{\"$ref\":\"#/$defs/d{level + 1}\"}}]}}"));
        var schema = $"{{\"$ref\":\"#/$defs/d0\",\"$defs\":{{{levels},\"d60\":{{\"type\":\"integer\"}}}}}}";

        Assert.Equal([("", "validation.too_expensive")], Check.Problems(schema, "1"));
    }

    [Fact]
    public void Validate_DynamicReferenceInACircle_IsGivenUp() => Assert.Equal(
        [("", "validation.too_nested")],
        Check.Problems("""{"$id":"http://x.example/a","$dynamicAnchor":"n","anyOf":[{"$dynamicRef":"#n"}]}""", "1"));

    [Fact]
    public void Validate_TenThousandProperties_FindsTheOneThatFails()
    {
        var properties = string.Join(",", Enumerable.Range(0, 10_000).Select(index => $"\"p{index}\":{{\"type\":\"integer\"}}"));
        var members = string.Join(",", Enumerable.Range(0, 10_000).Reverse().Select(index => $"\"p{index}\":{(index == 77 ? "\"x\"" : "1")}"));

        Assert.Equal([("/p77", "validation.type")], Check.Problems($"{{\"properties\":{{{properties}}},\"additionalProperties\":false}}", $"{{{members}}}"));
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(x+x+)+y")]
    [InlineData("^(?=(a+)+$)b?(a|a)*c")]
    [InlineData("(.*)*\\1z")]
    public void Validate_CatastrophicPattern_AnswersInTime(string pattern)
    {
        var text = new string('a', 5000) + "!";

        var problem = Assert.Single(Check.Problems($"{{\"pattern\":{System.Text.Json.JsonSerializer.Serialize(pattern)}}}", $"\"{text}\""));

        Assert.Contains(problem.Code, new[] { "validation.pattern", "validation.pattern_too_slow" });
    }

    [Fact]
    public void Validate_DeepText_IsRefusedWithoutRecursion()
    {
        var text = new string('[', 5_000_000);

        Assert.Equal("validation.too_deep", Assert.Single(Check.Compile("true").Validate(Encoding.UTF8.GetBytes(text))).Code);
    }

    [Fact]
    public void Validate_DeepValueUnderRecursiveSchema_KeepsItsStack()
    {
        var value = string.Concat(Enumerable.Repeat("{\"n\":", 500)) + "1" + new string('}', 500);

        Assert.Equal("validation.type", Assert.Single(Check.Problems("""{"properties":{"n":{"$ref":"#"}},"type":"object"}""", value)).Code);
    }

    [Fact]
    public void Validate_HugeExponents_AreComparedNotMultipliedOut()
    {
        Assert.False(Check.IsValid("""{"maximum":1e308}""", "1e999999999999"));
        Assert.True(Check.IsValid("""{"multipleOf":3}""", "3e100000000"));
        Assert.False(Check.IsValid("""{"multipleOf":7}""", "3e100000000"));
        Assert.True(Check.IsValid("""{"uniqueItems":true}""", "[1e999999999,1e-999999999]"));
    }

    [Fact]
    public void Validate_LargeEqualObjectsInOppositeOrder_AreFoundEqual()
    {
        var names = Enumerable.Range(0, 50_000).Select(index => $"\"m{index}\":{index}").ToList();
        var value = $"[{{{string.Join(",", names)}}},{{{string.Join(",", Enumerable.Reverse(names))}}}]";

        Assert.Equal([("", "validation.uniqueItems")], Check.Problems("""{"uniqueItems":true}""", value));
    }

    [Fact]
    public void Validate_FiftyMegabytes_GoesThrough()
    {
        var text = Encoding.UTF8.GetBytes("{\"data\":\"" + new string('A', 50_000_000) + "\"}");

        Assert.Empty(Check.Compile("""{"properties":{"data":{"type":"string","maxLength":60000000}},"required":["data"]}""").Validate(text));
    }

    [Fact]
    public void Compile_NestedTooDeepToRecurse_Compiles()
    {
        var schema = string.Concat(Enumerable.Repeat("{\"items\":", 4000)) + "{}" + new string('}', 4000);

        Assert.True(Check.IsValid(schema, "[[[]]]"));
    }

    [Fact]
    public void Validate_WorkLimit_IsTheCallers() => Assert.Equal(
        "validation.too_expensive",
        Assert.Single(Check.Compile("""{"items":{"items":{"allOf":[true]}}}""", new JsonSchemaOptions { MaxWork = 50 }).Validate(Encoding.UTF8.GetBytes("[" + string.Join(",", Enumerable.Repeat("[1]", 100)) + "]"))).Code);
}
