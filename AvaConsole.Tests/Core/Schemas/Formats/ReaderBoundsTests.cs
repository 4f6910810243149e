using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Tests.Core.Schemas.Formats;

/// <summary>Texts that are no document, or one that nobody can afford: the place is named, and the reading ends.</summary>
public sealed class ReaderBoundsTests
{
    [Theory]
    [InlineData("{\"openapi\":\n\"3.1.0\",,}", "import.not_json", 2)]
    [InlineData("{\"a\":1,\n\"a\":2}", "import.duplicate_member", 2)]
    [InlineData("a: 1\na: 2\n", "import.duplicate_member", 2)]
    [InlineData("kind: ApiSchema\nspec:\n  - a\n  b: c\n", "import.not_yaml", 4)]
    [InlineData("a: 'open\n", "import.not_yaml", null)]
    [InlineData("kind: ApiSchema\nx: [1,\n# within\n2]\n", "import.not_yaml", null)]
    [InlineData("kind: ApiSchema\n---\nkind: ApiSchema\n", "import.several_documents", 2)]
    [InlineData("x: 1\n? [a]\n: b\n", "import.key_not_text", 2)]
    [InlineData("a: *nowhere\n", null, null)]
    [InlineData("{\"a\":\n\"\\ud800\"}", "import.not_unicode", 2)]
    [InlineData("", "import.not_an_object", null)]
    [InlineData("just words", "import.not_an_object", null)]
    [InlineData("[1, 2]", "import.not_an_object", null)]
    [InlineData("{\"hello\": \"world\"}", "import.format_unknown", null)]
    [InlineData("{\"swagger\": \"2.0\", \"paths\": {}}", "import.openapi_version", 1)]
    [InlineData("openapi: 3.1.0\npaths: {}\n", "import.no_operation", null)]
    public void Read_NoDocument_NamesThePlace(string text, string? code, int? line)
    {
        var problem = Problem(text);

        if (code is not null)
        {
            Assert.Equal(code, problem.Code);
        }

        if (line is not null)
        {
            Assert.Equal(line, Convert.ToInt32(problem.Args[0], System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Read_AliasesOfAliases_EndsAtTheLimit()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level <= 12; level++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        Assert.Equal("import.too_many_values", Problem(text.ToString()).Code);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Read_Nested_EndsAtTheLimit(string open, string close)
    {
        const int Levels = 100_000;
        var json = string.Concat(Enumerable.Repeat(open, Levels)) + "1" + string.Concat(Enumerable.Repeat(close, Levels));

        Assert.IsType<InvalidError>(SchemaReader.Read(json).Error);
        Assert.Equal("import.too_deep", Problem("a: " + string.Concat(Enumerable.Repeat("[", 200)) + string.Concat(Enumerable.Repeat("]", 200))).Code);
    }

    [Fact]
    public void Read_TooLong_EndsAtOnce() => Assert.Equal("import.too_large", Problem(new string(' ', 9_000_000)).Code);

    [Fact]
    public void Read_ReferencesThatMultiply_EndAtTheLimit()
    {
        var definitions = Enumerable.Range(0, 30).Select(level => $$"""
            "d{{level}}": {"type": "object", "properties": {"a": {"$ref": "#/$defs/d{{level + 1}}"} , "b": {"$ref": "#/$defs/d{{level + 1}}"} } }
            """);
        var text = $$"""{"$ref": "#/$defs/d0", "$defs": { {{string.Join(", ", definitions)}}, "d30": {"type": "string"} } }""";

        var read = SchemaReader.Read(text);

        Assert.Contains(read.Value!.Notes, note => note.Code == "import.too_much_expanded");
    }

    [Fact]
    public void Read_LongChainOfReferences_EndsAtTheLimit()
    {
        var definitions = Enumerable.Range(0, 5000).Select(level => $$"""
            "d{{level}}": {"$ref": "#/$defs/d{{level + 1}}"}
            """);
        var text = $$"""{"type": "object", "properties": {"a": {"$ref": "#/$defs/d0"} }, "$defs": { {{string.Join(", ", definitions)}} } }""";

        Assert.Contains(SchemaReader.Read(text).Value!.Notes, note => note.Code == "import.ref_cycle");
    }

    [Fact]
    public void Read_SchemaWithinItself_TakenForAnyObject()
    {
        var read = SchemaReader.Read("""
            {"type": "object", "additionalProperties": false, "title": "Trees", "properties": {"tree": {"$ref": "#/$defs/node"}},
             "$defs": {"node": {"type": "object", "properties": {"value": {"type": "integer"}, "children": {"type": "array", "items": {"$ref": "#/$defs/node"}}}}}}
            """).Value!;

        var tree = Assert.Single(read.Schema.Parameters);
        Assert.Equal(["value", "children"], tree.Properties.Select(member => member.Name));
        Assert.Equal("object", tree.Properties[1].Items!.Type);
        Assert.Contains(read.Notes, note => note is { Code: "import.ref_cycle", Pointer: "/$defs/node/properties/children/items" });
    }

    private static Problem Problem(string text) => Assert.IsType<InvalidError>(SchemaReader.Read(text).Error).Problems[0];
}
