using System.Text;
using System.Text.Json;
using AvaConsole.Core.Schemas.Validation;

namespace AvaConsole.Tests.Core.Schemas.Validation;

public sealed class ProblemTests
{
    [Fact]
    public void Validate_SeveralProblems_TellsAllWithPointers()
    {
        var problems = Check.Problems(
            """{"properties":{"a/b":{"items":{"type":"integer","maximum":3}},"name":{"minLength":2}},"required":["id"],"additionalProperties":false}""",
            """{"a/b":[1,"x",9],"nmae":1,"name":""}""");

        Assert.Equal(
            [("/a~1b/1", "validation.type"), ("/a~1b/2", "validation.maximum"), ("/nmae", "validation.additionalPropertiesNear"), ("/name", "validation.minLength"), ("", "validation.required")],
            problems);
    }

    [Fact]
    public void Validate_ThousandsOfProblems_StopsAtAHundred() =>
        Assert.Equal(100, Check.Problems("""{"items":{"type":"string"}}""", "[" + string.Join(",", Enumerable.Repeat("1", 5000)) + "]").Count);

    [Theory]
    [InlineData("{\"a\":1,}", "validation.not_json", 1, 8)]
    [InlineData("[1,\n 02]", "validation.not_json", 2, 3)]
    [InlineData("", "validation.not_json", 1, 1)]
    [InlineData("[1] 2", "validation.not_json", 1, 5)]
    [InlineData("\"a\nb\"", "validation.not_json", 1, 3)]
    [InlineData("{\"a\" 1}", "validation.not_json", 1, 6)]
    public void Validate_TextThatIsNoJson_NamesThePlace(string text, string code, int line, int column)
    {
        var problem = Assert.Single(Check.Compile("true").Validate(Encoding.UTF8.GetBytes(text)));

        Assert.Equal((code, line, column), (problem.Code, problem.Args[0], problem.Args[1]));
    }

    [Theory]
    [InlineData("[1,2.5e-3,\"\\u00e9\\n\",{\"a\":[],\"b\":{}},null,true,false]")]
    [InlineData(" \t\r\n{ \"\" : -0 } ")]
    [InlineData("\"\\ud83d\"")]
    [InlineData("123")]
    [InlineData("[[[[]]],{\"a\":{\"b\":[1,{}]}}]")]
    public void Parse_Json_IsTakenAsTheFrameworkTakesIt(string text)
    {
        using var document = JsonDocument.Parse(text);

        Assert.True(ParsedJson.Parse(Encoding.UTF8.GetBytes(text)).IsSuccess);
        Assert.Empty(Check.Compile("true").Validate(document.RootElement));
    }

    [Theory]
    [InlineData("[1")]
    [InlineData("{\"a\"}")]
    [InlineData("{a:1}")]
    [InlineData("[1,]")]
    [InlineData("tru")]
    [InlineData("nulll")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("+1")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"")]
    [InlineData("]")]
    [InlineData("[}")]
    [InlineData("NaN")]
    public void Parse_NoJson_IsRefused(string text) => Assert.False(ParsedJson.Parse(Encoding.UTF8.GetBytes(text)).IsSuccess);

    [Fact]
    public void Parse_NoUtf8_IsRefused() => Assert.False(ParsedJson.Parse(new byte[] { (byte)'"', 0xff, (byte)'"' }).IsSuccess);

    [Fact]
    public void Validate_AcceptedDocument_AllocatesNothing()
    {
        var validator = Check.Compile("""{"type":"object","properties":{"a":{"type":"integer","minimum":0},"b":{"enum":["x","y"]},"c":{"items":{"pattern":"^[a-z]+$"},"uniqueItems":true}},"required":["a"],"unevaluatedProperties":false}""");
        var text = """{"a":12,"b":"y","c":["p","q","r"]}"""u8.ToArray();
        for (var i = 0; i < 3; i++)
        {
            Assert.Empty(validator.Validate(text));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = validator.Validate(text).Count;
        var after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal((0, 0L), (count, after - before));
    }
}
