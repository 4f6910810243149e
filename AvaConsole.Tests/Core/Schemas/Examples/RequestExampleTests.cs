using System.Text.RegularExpressions;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Examples;

namespace AvaConsole.Tests.Core.Schemas.Examples;

public sealed class RequestExampleTests
{
    [Fact]
    public void Create_AnyApi_IsValidWholeAndAlwaysTheSame()
    {
        for (var seed = 0; seed < 1500; seed++)
        {
            var schema = new RandomSchema(seed).Next();

            var request = RequestExample.Make(schema);
            var answer = ResponseExample.Make(schema);

            Assert.True(request.Notes.Count == 0, $"{seed}: {string.Join("; ", request.Notes)}");
            Assert.True(answer.Notes.Count == 0, $"{seed}: {string.Join("; ", answer.Notes)}");
            Assert.Empty(RequestExample.Check(schema, request.Document));
            Assert.Empty(ResponseExample.Check(schema, answer.Document));
            Assert.Equal(request.Document.ToJsonString(), RequestExample.Create(new RandomSchema(seed).Next()).ToJsonString());
        }
    }

    [Fact]
    public void Create_Sample_ShowsDefaultsEnumsAndAPicture()
    {
        var request = RequestExample.Create(Sample.Digits);

        Assert.Equal("""{"top_k":3,"threshold":0,"mode":"fast"}""", request["parameters"]!.ToJsonString());
        Assert.Equal("png", (string?)request["payload"]!["image"]!["encoding"]);
        Assert.StartsWith("iVBOR", (string?)request["payload"]!["image"]!["data"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example", "from the author", "from the author")]
    [InlineData("example", "", "the default")]
    public void Create_AuthorsValues_ComeFirst(string name, string example, string expected)
    {
        var schema = With(new ApiParameter { Name = name, Example = example, Default = "the default" });

        Assert.Equal(expected, (string?)RequestExample.Create(schema)["parameters"]![name]);
    }

    [Fact]
    public void Create_AuthorsValueBreaksTheRules_IsNotShown()
    {
        var schema = With(new ApiParameter { Name = "size", Type = ParameterTypes.Integer, Minimum = 10, Example = "3", Default = "\"x\"" });

        Assert.Equal(10m, (decimal)RequestExample.Create(schema)["parameters"]!["size"]!);
    }

    [Theory]
    [InlineData("^[a-z]{3}-[0-9]{4}$")]
    [InlineData(@"^(?<year>\d{4})/(0[1-9]|1[0-2])$")]
    [InlineData(@"^(?=.*\d)[a-z0-9]{6,}$")]
    [InlineData(@"^[^\W\d_]+$")]
    [InlineData(@"^\u0041\x42C\.\[x\]$")]
    [InlineData(@"^(a|b(c|d){2}){3}$")]
    [InlineData("^[一-龥]+$")]
    [InlineData("^{x}$")]
    [InlineData("[.*+?^${}()|-]{4}")]
    [InlineData("^a{2,}?b*?$")]
    public void Create_CommonPattern_IsMatched(string pattern)
    {
        var text = (string)RequestExample.Create(With(new ApiParameter { Name = "text", Pattern = pattern, Required = true }))["parameters"]!["text"]!;

        Assert.Matches(new Regex(pattern, RegexOptions.CultureInvariant), text);
    }

    [Theory]
    [InlineData("^a+$", 20, 30)]
    [InlineData("^id", 12, null)]
    [InlineData("^[a-f]{2,9}$", 7, 8)]
    public void Create_PatternWithLengths_KeepsBoth(string pattern, int least, int? most)
    {
        var text = (string)RequestExample.Create(With(new ApiParameter { Name = "text", Pattern = pattern, MinLength = least, MaxLength = most }))["parameters"]!["text"]!;

        Assert.Matches(pattern, text);
        Assert.InRange(text.Length, least, most ?? int.MaxValue);
    }

    [Theory]
    [InlineData(@"^(.)\1(?!x)(?<=yy)z$")]
    [InlineData("(")]
    [InlineData("^(?!)$")]
    [InlineData("^((((((a{9}){9}){9}){9}){9}){9}){9}b$")]
    public void Make_PatternNobodyCanGuess_SaysSo(string pattern)
    {
        var made = RequestExample.Make(With(new ApiParameter { Name = "code", Pattern = pattern, Required = true }));

        Assert.Equal([("sample.required_not_made", "/parameters/code")], made.Notes.Select(note => (note.Code, note.Pointer)));
    }

    [Fact]
    public void Make_PatternNobodyCanGuessWithExample_ShowsTheExample()
    {
        var made = RequestExample.Make(With(new ApiParameter { Name = "code", Pattern = @"^(.)\1$", Example = "aa" }));

        Assert.Empty(made.Notes);
        Assert.Equal("aa", (string?)made.Document["parameters"]!["code"]);
    }

    [Fact]
    public void Make_OptionalImpossible_IsLeftOutAndNamed()
    {
        var schema = With(new ApiParameter { Name = "none", Type = ParameterTypes.Integer, Minimum = 5, Maximum = 4 }, new ApiParameter { Name = "some" });

        var made = RequestExample.Make(schema);

        Assert.Equal(["some"], made.Document["parameters"]!.AsObject().Select(member => member.Key));
        Assert.Equal([("sample.left_out", "/parameters/none")], made.Notes.Select(note => (note.Code, note.Pointer)));
    }

    [Fact]
    public void Create_BoundsAtTheEndsOfTheRange_DoNotOverflow()
    {
        var schema = With(
            new ApiParameter { Name = "low", Type = ParameterTypes.Number, Maximum = decimal.MinValue, MultipleOf = 0.0000000000000000000000000001m },
            new ApiParameter { Name = "high", Type = ParameterTypes.Number, Minimum = decimal.MaxValue },
            new ApiParameter { Name = "zero", Type = ParameterTypes.Integer, MultipleOf = 0 },
            new ApiParameter { Name = "tight", Type = ParameterTypes.Number, ExclusiveMinimum = 0.1m, ExclusiveMaximum = 0.2m });

        var made = RequestExample.Make(schema).Document["parameters"]!.AsObject();

        Assert.InRange((decimal)made["tight"]!, 0.1000001m, 0.1999999m);
    }

    private static ApiSchema With(params ApiParameter[] parameters) => new() { Service = "sample", Parameters = parameters };
}
