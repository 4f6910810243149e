using System.Text;

namespace AvaConsole.Tests.Core.Schemas.Validation;

/// <summary>Objects and arrays of the usual kind are decided in one loop of their own: its edges.</summary>
public sealed class PlainPathTests
{
    private const string Row = """{"type":"object","properties":{"id":{"type":"integer"},"identifier":{"type":"string"},"an-identifier-of-many-bytes":{"type":"boolean"},"z":{"type":"null"}},"required":["id","z"],"additionalProperties":false}""";

    [Theory]
    [InlineData("""[{"id":1,"z":null},{"z":null,"id":1},{"an-identifier-of-many-bytes":true,"z":null,"identifier":"x","id":1},{"id":1,"identifier":"x","z":null}]""")]
    [InlineData("""[{"\u0069d":1,"z":null},{"id":1,"\u007a":null,"identifie\u0072":"x"}]""")]
    [InlineData("""[{"id":1,"id":2,"z":null}]""")]
    [InlineData("[]")]
    public void Validate_ObjectsThatDifferInOrder_Fit(string value) => Assert.Empty(Check.Problems($"{{\"items\":{Row}}}", value));

    [Theory]
    [InlineData("""{}""", "validation.required,validation.required")]
    [InlineData("""{"z":null}""", "validation.required")]
    [InlineData("""{"id":1,"id":1}""", "validation.required")]
    [InlineData("""{"id":1,"id":"x","z":null}""", "validation.type")]
    [InlineData("""{"id":"x","z":null,"id":1}""", "validation.type")]
    [InlineData("""{"id":1,"z":null,"something-else":1}""", "validation.additionalProperties")]
    [InlineData("""{"id":1,"z":null,"identifieR":"x"}""", "validation.additionalPropertiesNear")]
    [InlineData("""{"id":1,"z":null,"Identifier":"x"}""", "validation.additionalPropertiesNear")]
    [InlineData("""{"id":1,"z":null,"an-identifier-of-m@ny-bytes":true}""", "validation.additionalPropertiesNear")]
    [InlineData("""{"id":1,"z":null,"an-identifier-of-many-byteS":true}""", "validation.additionalPropertiesNear")]
    [InlineData("""{"\u0069d":1.5,"\u007a":0}""", "validation.type,validation.type")]
    public void Validate_ObjectThatDoesNotFit_IsToldAsBefore(string value, string codes) =>
        Assert.Equal(codes, string.Join(",", Check.Problems(Row, value).Select(problem => problem.Code)));

    [Theory]
    [InlineData("{\"\":1}", true)]
    [InlineData("{\"a\":1}", true)]
    [InlineData("{\"b\":1}", false)]
    [InlineData("{\"a\\u0000\":1}", false)]
    [InlineData("{\"a\\u0000\\u0000\":1}", true)]
    [InlineData("{\"eightbit\":1}", true)]
    [InlineData("{\"ninebytes\":1}", true)]
    [InlineData("{\"ninebytez\":1}", false)]
    [InlineData("{\"sixteen-bytes-ok\":1}", true)]
    [InlineData("{\"seventeen-bytes!!\":1}", true)]
    [InlineData("{\"seventeeN-bytes!!\":1}", false)]
    [InlineData("{\"é\":1}", true)]
    [InlineData("{\"è\":1}", false)]
    public void Validate_NamesOfEveryLength_AreComparedWhole(string value, bool fits) => Assert.Equal(
        fits,
        Check.IsValid("""{"properties":{"":true,"a":true,"a\u0000\u0000":true,"eightbit":true,"ninebytes":true,"sixteen-bytes-ok":true,"seventeen-bytes!!":true,"é":true},"additionalProperties":false}""", value));

    [Theory]
    [InlineData("""{"required":["a"],"additionalProperties":false}""", false)]
    [InlineData("""{"required":["a"],"additionalProperties":{"type":"string"}}""", false)]
    [InlineData("""{"required":["a"],"additionalProperties":{"type":"integer"}}""", true)]
    [InlineData("""{"required":["a"]}""", true)]
    [InlineData("""{"properties":{"a":false}}""", false)]
    [InlineData("""{"maxProperties":0}""", false)]
    public void Validate_NameThatIsNoProperty_IsOneOfTheOthers(string schema, bool fits) => Assert.Equal(fits, Check.IsValid(schema, """{"a":1}"""));

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(400)]
    public void Validate_ManyRequiredNames_AreAllAskedFor(int count)
    {
        var validator = Check.Compile($"{{\"properties\":{Members(count, "true")},\"required\":[{string.Join(",", Enumerable.Range(0, count).Select(index => $"\"p{index}\""))}]}}");

        Assert.Empty(validator.Validate(Encoding.UTF8.GetBytes(Members(count, "1"))));
        Assert.All([0, 1, 63, count - 1], left => Assert.Equal(
            ("", "validation.required", $"p{left}"),
            Assert.Single(validator.Validate(Encoding.UTF8.GetBytes(Members(count, "1", left))).Select(problem => (problem.Field, problem.Code, (string)problem.Args[0]!)))));
    }

    [Theory]
    [InlineData("""{"patternProperties":{"^x":true},""")]
    [InlineData("{")]
    public void Validate_ManyNames_AllocatesNothing(string start)
    {
        var validator = Check.Compile($"{start}\"properties\":{Members(400, "{\"type\":\"integer\"}")},\"required\":[\"p7\",\"p399\"]}}");
        var text = Encoding.UTF8.GetBytes(Members(400, "1"));
        Assert.Empty(validator.Validate(text));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = validator.Validate(text).Count;
        var after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal((0, 0L), (count, after - before));
    }

    [Fact]
    public void Validate_TreeOfReferences_IsFollowedDown()
    {
        const string Tree = """{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}},"left":{"$ref":"#/$defs/node"}},"additionalProperties":false}}}""";

        Assert.Empty(Check.Problems(Tree, """{"children":[{"left":{}},{"children":[{}]}],"left":{"left":{"children":[]}}}"""));
        Assert.Equal([("/children/1/children/0/left", "validation.type")], Check.Problems(Tree, """{"children":[{},{"children":[{"left":[]}]}]}"""));
    }

    [Fact]
    public void Validate_FirstValuesOfManyThreads_AreAllJudgedAlike()
    {
        var texts = new[] { """[{"id":1,"z":null}]""", """[{"id":1}]""" }.Select(Encoding.UTF8.GetBytes).ToArray();
        for (var round = 0; round < 50; round++)
        {
            var validator = Check.Compile($"{{\"items\":{Row}}}");
            var counts = new int[8];
            Parallel.For(0, counts.Length, index => counts[index] = validator.Validate(texts[index % 2]).Count);
            Assert.Equal([0, 1, 0, 1, 0, 1, 0, 1], counts);
        }
    }

    private static string Members(int count, string value, int without = -1) =>
        "{" + string.Join(",", Enumerable.Range(0, count).Where(index => index != without).Select(index => $"\"p{index}\":{value}")) + "}";
}
