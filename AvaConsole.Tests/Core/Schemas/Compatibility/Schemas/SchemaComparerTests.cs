using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility;
using AvaConsole.Core.Schemas.Compatibility.Rules;
using AvaConsole.Core.Schemas.Compatibility.Schemas;

namespace AvaConsole.Tests.Core.Schemas.Compatibility.Schemas;

public sealed class SchemaComparerTests
{
    private static readonly string[] s_places = ["request", "response", "query", "path", "header", "response-header"];

    [Fact]
    public void Compare_AnySchemaWithItself_FindsNothing()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var schema = new RandomSchema(seed).Next().ToJsonString().Replace('"', '\'');
            const string Components = "{'A':{'type':'object','properties':{'a':{'$ref':'#/components/schemas/A'},'b':{'type':'string'}}}}";

            Assert.All(s_places, place => Assert.Equal("", SchemaCase.Compare(place, schema, schema, Components)));
        }
    }

    [Fact]
    public void Compare_AnyTwoSchemas_NamesOnlyRulesOfTheTable()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var (from, to) = (new RandomSchema(seed).Next(), new RandomSchema(seed + 10_000).Next());
            var ids = s_places.SelectMany(place => SchemaCase.Compare(place, Quoted(from), Quoted(to), "{'A':{'type':'string'}}").Split(' ', StringSplitOptions.RemoveEmptyEntries));

            Assert.All(ids, id => Assert.NotNull(RuleTable.Find(id)));
        }

        static string Quoted(JsonNode schema) => schema.ToJsonString().Replace('"', '\'');
    }

    [Fact]
    public void Compare_SchemaThatContainsItself_TellsEachChangeOnce()
    {
        const string From = "{'N':{'type':'object','properties':{'v':{'type':'string'},'next':{'$ref':'#/components/schemas/N'},'list':{'type':'array','items':{'$ref':'#/components/schemas/N'}}}}}";
        const string To = "{'N':{'type':'object','properties':{'v':{'type':'integer'},'next':{'$ref':'#/components/schemas/N'},'list':{'type':'array','items':{'$ref':'#/components/schemas/N'}}}}}";
        var sink = new ChangeSink();

        new SchemaComparer().Compare(
            new SchemaSite(SchemaPlace.RequestBody, "/p", "POST", "") { MediaType = "application/json" },
            SchemaCase.View("{'$ref':'#/components/schemas/N'}", From),
            SchemaCase.View("{'$ref':'#/components/schemas/N'}", To),
            sink);

        var change = Assert.Single(sink.Changes);
        Assert.Equal("request-property-type-changed", change.Id);
        Assert.Equal("v", change.Args[0]);
        Assert.Equal("/properties/v", change.Pointer);
    }

    [Fact]
    public void Compare_ManyCircles_EndsInBoundedTime()
    {
        // Every schema refers to every other: the paths through them cannot be counted.
        string Components(string type) => "{" + string.Join(',', Enumerable.Range(0, 14).Select(node =>
            $"'S{node}':{{'type':'object','properties':{{'v':{{'type':'{type}'}},{string.Join(',', Enumerable.Range(0, 14).Select(other => $"'p{other}':{{'$ref':'#/components/schemas/S{other}'}}"))}}}}}")) + "}";

        Assert.Equal("request-property-type-changed", SchemaCase.Compare("request", "{'$ref':'#/components/schemas/S0'}", "{'$ref':'#/components/schemas/S0'}", Components("string"), Components("integer")));
    }

    [Fact]
    public void Compare_DeepAndWideSchemas_AreBounded()
    {
        var deep = new StringBuilder("{'type':'string'}");
        for (var level = 0; level < 60; level++)
        {
            deep.Insert(0, "{'items':").Append('}');
        }

        var wide = $"{{'type':'object','properties':{{{string.Join(',', Enumerable.Range(0, 10_000).Select(name => $"'p{name}':{{'type':'string'}}"))}}}}}";

        Assert.Equal("request-property-type-changed", SchemaCase.Compare("request", deep.ToString(), deep.ToString().Replace("'string'", "'integer'", StringComparison.Ordinal)));
        Assert.Equal("request-property-type-changed", SchemaCase.Compare("request", wide, wide.Replace("'string'", "'integer'", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{'$ref':'#/components/schemas/Nowhere'}", "{'type':'string'}")]
    [InlineData("{'$ref':'#/components/schemas/A'}", "{'$ref':'#/components/schemas/A'}")]
    [InlineData("{'type':7,'enum':'a','properties':[1],'required':'a','maximum':'x','oneOf':{},'items':[{}]}", "{'type':{},'enum':{},'properties':3,'required':[1],'maximum':[],'oneOf':[1],'items':5}")]
    [InlineData("true", "false")]
    [InlineData("'text'", "[1]")]
    public void Compare_SchemasThatAreNone_ThrowsNothing(string from, string to)
    {
        const string Loop = "{'A':{'$ref':'#/components/schemas/B'},'B':{'$ref':'#/components/schemas/A'}}";

        Assert.All(s_places, place => Assert.NotNull(SchemaCase.Compare(place, from, to, Loop)));
    }

    [Fact]
    public void Compare_ReferenceMadeInline_IsNoChange() =>
        Assert.Equal("", SchemaCase.Compare("request", "{'$ref':'#/components/schemas/A'}", "{'type':'string','maxLength':3}", "{'A':{'type':'string','maxLength':3}}"));

    /// <summary>Schemas of every kind, the same ones for the same seed.</summary>
    private sealed class RandomSchema(int seed)
    {
        private readonly Random _random = new(seed);

        public JsonObject Next(int depth = 0)
        {
            var schema = new JsonObject();
            foreach (var keyword in Pick(["type", "enum", "maximum", "minLength", "pattern", "nullable", "readOnly", "default", "format", "required", "title", "const", "deprecated"]))
            {
                schema[keyword] = Value(keyword);
            }

            foreach (var keyword in depth < 3 ? Pick(["properties", "items", "oneOf", "anyOf", "allOf", "not", "additionalProperties", "prefixItems", "patternProperties", "if", "contains", "$ref"]) : [])
            {
                schema[keyword] = keyword switch
                {
                    "properties" or "patternProperties" => new JsonObject { ["a"] = Next(depth + 1), ["b"] = Next(depth + 1) },
                    "oneOf" or "anyOf" or "allOf" or "prefixItems" => new JsonArray(Next(depth + 1), Next(depth + 1)),
                    "$ref" => "#/components/schemas/A",
                    _ => Next(depth + 1),
                };
            }

            return schema;
        }

        private List<string> Pick(string[] words) => [.. words.Where(_ => _random.Next(4) == 0)];

        private JsonNode Value(string keyword) => keyword switch
        {
            "type" => _random.Next(2) == 0 ? JsonValue.Create("string") : new JsonArray("object", "null"),
            "enum" => new JsonArray("a", 1, null),
            "maximum" or "minLength" or "default" or "const" => JsonValue.Create(_random.Next(5)),
            "nullable" or "readOnly" or "deprecated" => JsonValue.Create(_random.Next(2) == 0),
            "required" => new JsonArray("a"),
            _ => JsonValue.Create($"{keyword}{_random.Next(3)}"),
        };
    }
}
