using AvaConsole.Core.Schemas.Formats.Python;

namespace AvaConsole.Tests.Core.Schemas.Formats.Python;

public sealed class PythonLiteralTests
{
    [Theory]
    [InlineData("'a'", "a")]
    [InlineData("\"it's\"", "it's")]
    [InlineData("'a' \"b\" r'\\c'", "ab\\c")]
    [InlineData("'''a\nb'''", "a\nb")]
    [InlineData("\"\"\"a\"b\r\nc\"\"\"", "a\"b\nc")]
    [InlineData("('a'\n 'b')", "ab")]
    [InlineData("'a\\\nb'", "ab")]
    [InlineData("'\\t\\x41\\u4f60\\U0001F600\\101\\q'", "\tA你😀A\\q")]
    [InlineData("b'\\x41\\u0041'", "A\\u0041")]
    [InlineData("u'ü'", "ü")]
    [InlineData("Rb'\\n'", "\\n")]
    [InlineData("'#no comment' # comment", "#no comment")]
    public void Read_String_IsWhatItStandsFor(string source, string expected) => Assert.Equal(expected, Assert.IsType<PythonText>(Read(source)).Text);

    [Theory]
    [InlineData("3", 3)]
    [InlineData("-3", -3)]
    [InlineData("+1_000", 1000)]
    [InlineData("0x_fF", 255)]
    [InlineData("0o17", 15)]
    [InlineData("0b101", 5)]
    [InlineData(".5", 0.5)]
    [InlineData("1.", 1)]
    [InlineData("1e3", 1000)]
    [InlineData("-2.5E-1", -0.25)]
    [InlineData("(7)", 7)]
    [InlineData("\\\n  4", 4)]
    public void Read_Number_HasItsValue(string source, double expected) => Assert.Equal((decimal)expected, Assert.IsType<PythonNumber>(Read(source)).Number);

    [Theory]
    [InlineData("1 + 2")]
    [InlineData("--1")]
    [InlineData("-x")]
    [InlineData("f'{a}'")]
    [InlineData("'a' f'{names[\"x\"]}'")]
    [InlineData("f\"{names[\"x\"]}\"")]
    [InlineData("a if b else c")]
    [InlineData("a[0]")]
    [InlineData("a(1)(2)")]
    [InlineData("lambda a, b: a")]
    [InlineData("{'a': 1, **a}")]
    [InlineData("1e400")]
    [InlineData("3j")]
    [InlineData("0xg")]
    [InlineData("not True")]
    [InlineData("rf'\\{{{a}'")]
    [InlineData("'\\N{DEGREE SIGN}'")]
    [InlineData("'\\x1'")]
    public void Read_WhatHasToBeRun_IsUnreadable(string source) => Assert.IsType<PythonUnreadable>(Read(source));

    [Fact]
    public void Read_Collections_KeepTheirElements()
    {
        Assert.Equal(2, Assert.IsType<PythonList>(Read("[1, 'b',]")).Items.Count);
        Assert.Single(Assert.IsType<PythonList>(Read("(1,)")).Items);
        Assert.Equal(2, Assert.IsType<PythonList>(Read("1, 2")).Items.Count);
        Assert.Empty(Assert.IsType<PythonList>(Read("()")).Items);
        Assert.Empty(Assert.IsType<PythonDictionary>(Read("{}")).Entries);
        Assert.Equal(2, Assert.IsType<PythonDictionary>(Read("{'a': [1, 2], 'b': {'c': None}}")).Entries.Count);
        Assert.Equal(2, Assert.IsType<PythonList>(Read("{1, 2}")).Items.Count);
    }

    [Fact]
    public void Read_Call_KeepsItsArguments()
    {
        var call = Assert.IsType<PythonCall>(Read("sdk.Field('a', *rest, b=True, c=lambda x, y: x, **more)"));

        Assert.Equal(("sdk.Field", "Field"), (call.Name, call.ShortName));
        Assert.Equal([null, "*", "b", "c", "**"], call.Arguments.Select(argument => argument.Name));
    }

    [Theory]
    [InlineData("x = 1; y = 2")]
    [InlineData("x: int = 1\ny: 'a = b' = 2")]
    [InlineData("if a:\n    pass\nelif b: pass\nelse:\n  z = 3\nx = 1\n\n\n# end\ny = 2")]
    [InlineData("x = 1\r\ny = 2\r\n")]
    [InlineData("\uFEFFx = 1\ny = 2")]
    [InlineData("def f(a=1,\n  b={'x': 2}):\n\treturn a\nx = 1\nfor i in []:\n    for j in []:\n        pass\ny = 2")]
    public void Parse_Module_FindsItsAssignments(string source)
    {
        var statements = PythonParser.Parse(source, 8);

        Assert.Equal(["x", "y"], statements.OfType<PythonAssignment>().Select(assignment => assignment.Target));
    }

    private static PythonValue Read(string source) => Assert.IsType<PythonAssignment>(Assert.Single(PythonParser.Parse("x = " + source, 8))).Value;
}
