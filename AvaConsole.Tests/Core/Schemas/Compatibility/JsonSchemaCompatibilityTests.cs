using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility;

namespace AvaConsole.Tests.Core.Schemas.Compatibility;

public sealed class JsonSchemaCompatibilityTests
{
    private const string Closed = "'additionalProperties':false";

    [Theory]
    [InlineData("true", "{}", "Both")]
    [InlineData("{}", "false", "Forward")]
    [InlineData("{'type':'integer'}", "{'type':'number'}", "Backward")]
    [InlineData("{'type':'string'}", "{'type':['string','null']}", "Backward")]
    [InlineData("{'type':'string'}", "{'type':'integer'}", "None")]
    [InlineData("{'type':'string','title':'a'}", "{'type':['string'],'description':'b','format':'uuid'}", "Both")]
    [InlineData("{'enum':['a']}", "{'enum':['b','a']}", "Backward")]
    [InlineData("{'enum':[1,2]}", "{'type':'integer','minimum':1}", "Backward")]
    [InlineData("{'enum':['a','bb']}", "{'type':'string','maxLength':2,'pattern':'^[ab]'}", "Backward")]
    [InlineData("{'const':{'a':1}}", "{'type':'object','properties':{'a':{'type':'integer'}},'required':['a'],'additionalProperties':false}", "Backward")]
    [InlineData("{'type':'boolean'}", "{'enum':[true,false]}", "Both")]
    [InlineData("{'type':'integer','minimum':1}", "{'type':'integer','exclusiveMinimum':0}", "Both")]
    [InlineData("{'type':'number','minimum':1}", "{'type':'number','exclusiveMinimum':1}", "Forward")]
    [InlineData("{'type':'integer','multipleOf':4}", "{'type':'integer','multipleOf':2}", "Backward")]
    [InlineData("{'type':'string','minLength':1,'maxLength':3}", "{'type':'string','maxLength':4}", "Backward")]
    [InlineData("{'type':'string','pattern':'a'}", "{'type':'string','pattern':'b'}", "None")]
    [InlineData("{'type':'string','pattern':'a'}", "{'type':'string'}", "Backward")]
    [InlineData("{'type':'string'}", "{'maxItems':1,'required':['a']}", "Backward")]
    public void Compare_Values_ContainsOrNot(string from, string to, string expected) => Assert.Equal(expected, Verdict(from, to));

    [Theory]
    [InlineData("{'type':'object','properties':{'a':{'type':'string'}},@}", "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}},@}", "Backward")]
    [InlineData("{'type':'object','properties':{'a':{'type':'string'}},@}", "{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],@}", "Forward")]
    [InlineData("{'type':'object','properties':{'a':{'type':'string'}},@}", "{'type':'object','properties':{'a':{'type':'string'}}}", "Backward")]
    [InlineData("{'type':'object'}", "{'type':'object','properties':{'b':{'type':'string'}}}", "Forward")]
    [InlineData("{'type':'object'}", "{'type':'object','properties':{'b':{}}}", "Both")]
    [InlineData("{'type':'object','additionalProperties':{'type':'string'}}", "{'type':'object','properties':{'b':{'type':'string'}}}", "Backward")]
    [InlineData("{'type':'object','properties':{'xa':{'type':'integer'}},@}", "{'type':'object','patternProperties':{'^x':{'type':'number'}},@}", "Backward")]
    [InlineData("{'type':'object','properties':{'ab':{}},@}", "{'type':'object','propertyNames':{'maxLength':2}}", "Backward")]
    [InlineData("{'type':'object','properties':{'a':{},'b':{}},@}", "{'type':'object','maxProperties':2}", "None")]
    [InlineData("{'type':'object','required':['a','b']}", "{'type':'object','minProperties':2,'dependentRequired':{'a':['b']}}", "Backward")]
    [InlineData("{'type':'object','properties':{'a':{}},@}", "{'type':'object','properties':{'a':{}},'unevaluatedProperties':false}", "Both")]
    [InlineData("{'allOf':[{'properties':{'a':{'type':'string'}}},{'properties':{'b':{}}}],'type':'object','unevaluatedProperties':false}", "{'type':'object','properties':{'a':{'type':'string'},'b':{}},@}", "Both")]
    public void Compare_Objects_KnowsOpenFromClosed(string from, string to, string expected) =>
        Assert.Equal(expected, Verdict(from.Replace("@", Closed, StringComparison.Ordinal), to.Replace("@", Closed, StringComparison.Ordinal)));

    [Theory]
    [InlineData("{'type':'array','items':{'type':'integer'}}", "{'type':'array','items':{'type':'number'}}", "Backward")]
    [InlineData("{'type':'array','items':{'type':'integer'},'maxItems':2}", "{'type':'array','prefixItems':[{'type':'integer'},{'type':'integer'}]}", "Backward")]
    [InlineData("{'type':'array','prefixItems':[{'type':'string'}],'items':false}", "{'type':'array','items':{'type':'string'},'maxItems':1}", "Both")]
    [InlineData("{'type':'array','uniqueItems':true}", "{'type':'array'}", "Backward")]
    [InlineData("{'type':'array','maxItems':1}", "{'type':'array','uniqueItems':true}", "Backward")]
    [InlineData("{'type':'array','contains':{'type':'integer'}}", "{'type':'array','contains':{'type':'number'}}", "Backward")]
    [InlineData("{'type':'array','items':{'type':'integer'},'minItems':1}", "{'type':'array','contains':{'type':'integer'}}", "Backward")]
    [InlineData("{'type':'array'}", "{'type':'array','unevaluatedItems':false}", "Forward")]
    public void Compare_Arrays_ContainsOrNot(string from, string to, string expected) => Assert.Equal(expected, Verdict(from, to));

    [Theory]
    [InlineData("{'type':'string'}", "{'anyOf':[{'type':'string'},{'type':'integer'}]}", "Backward")]
    [InlineData("{'anyOf':[{'type':'string'},{'type':'integer'}]}", "{'type':['integer','string']}", "Both")]
    [InlineData("{'oneOf':[{'type':'string'},{'type':'integer'}]}", "{'oneOf':[{'type':'integer'},{'type':'null'},{'type':'string'}]}", "Backward")]
    [InlineData("{'type':'integer'}", "{'oneOf':[{'type':'integer'},{'type':'number'}]}", "None")]
    [InlineData("{'allOf':[{'minimum':1},{'maximum':5}],'type':'integer'}", "{'type':'integer','minimum':1,'maximum':9}", "Backward")]
    [InlineData("{'type':'string'}", "{'not':{'type':'integer'}}", "Backward")]
    [InlineData("{'not':{'type':'number'}}", "{'not':{'type':'integer'}}", "Backward")]
    [InlineData("{'not':{'required':['a']}}", "{'not':{'required':['a','b']}}", "Backward")]
    [InlineData("{'type':'object','properties':{'k':{'const':'x'}},'required':['k']}",
        "{'oneOf':[{'properties':{'k':{'const':'x'}},'required':['k']},{'properties':{'k':{'const':'y'}},'required':['k']}]}", "Backward")]
    [InlineData("{'type':'integer'}", "{'if':{'type':'integer'},'then':{'type':'number'},'else':false}", "Both")]
    [InlineData("{'type':'integer','if':{'minimum':5},'then':{'maximum':9},'else':{'minimum':1}}", "{'type':'integer','minimum':1,'maximum':9}", "Both")]
    public void Compare_Compositions_AreReasonedThrough(string from, string to, string expected) => Assert.Equal(expected, Verdict(from, to));

    [Theory]
    [InlineData("'integer'", "'number'", "Backward")]
    [InlineData("'integer'", "'integer'", "Both")]
    public void Compare_Recursion_IsFollowedOnce(string from, string to, string expected)
    {
        Assert.Equal(expected, Verdict(Tree(from, "tree"), Tree(to, "node")));

        static string Tree(string type, string name) =>
            $"{{'$ref':'#/$defs/{name}','$defs':{{'{name}':{{'type':'object','properties':{{'v':{{'type':{type}}},'next':{{'anyOf':[{{'type':'null'}},{{'$ref':'#/$defs/{name}'}}]}}}},'additionalProperties':false}}}}}}";
    }

    [Fact]
    public void Compare_ReferencesInCircles_ProveNothing()
    {
        Assert.Equal("None", Verdict("{'$ref':'#/$defs/a','$defs':{'a':{'$ref':'#/$defs/a'}}}", "{'$ref':'#/$defs/b','$defs':{'b':{'anyOf':[{'$ref':'#/$defs/b'}]}},'type':'string'}").Replace("Forward", "None", StringComparison.Ordinal));
        Assert.Equal("Forward", Verdict("{'type':'string'}", "{'type':'string','$ref':'#/$defs/nowhere'}"));
    }

    [Fact]
    public void Compare_Lenient_TakesNewNamesForFree()
    {
        var (from, to) = (Parse("{'type':'object','properties':{'a':{}}}"), Parse("{'type':'object','properties':{'a':{},'b':{'type':'string'}}}"));

        Assert.Equal(SchemaCompatibility.Forward, JsonSchemaCompatibility.Compare(from, to).Compatibility);
        Assert.Equal(SchemaCompatibility.Both, JsonSchemaCompatibility.Compare(from, to, isLenient: true).Compatibility);
    }

    [Fact]
    public void Compare_Gaps_NameThePlaceAndWhetherItIsCertain()
    {
        var gaps = JsonSchemaCompatibility.Compare(
            Parse("{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}},'additionalProperties':false}"),
            Parse("{'type':'object','properties':{'a':{'type':'string','maxLength':3},'b':{'type':'string','pattern':'x'}},'required':['a'],'additionalProperties':false}")).Gaps;

        Assert.Equal(
            [("/required", true), ("/properties/a/maxLength", true), ("/properties/b/pattern", false)],
            gaps.Select(gap => (gap.Pointer, gap.IsCertain)));
        Assert.All(gaps, gap => Assert.Equal(SchemaCompatibility.Backward, gap.Breaks));
        Assert.Equal("/required: a could be left out.", gaps[0].Text);
    }

    [Fact]
    public void Compare_ChoicesWithinChoices_EndInBoundedTime()
    {
        var schema = "{'type':'string','maxLength':1}";
        for (var level = 0; level < 12; level++)
        {
            schema = $"{{'oneOf':[{schema},{schema.Replace("'maxLength':1", $"'maxLength':{level + 2}", StringComparison.Ordinal)}]}}";
            if (schema.Length > 200_000)
            {
                break;
            }
        }

        Assert.NotEqual("Both", Verdict(schema, schema.Replace("'maxLength':1}", "'maxLength':0}", StringComparison.Ordinal)));
    }

    private static string Verdict(string from, string to) => JsonSchemaCompatibility.Compare(Parse(from), Parse(to)).Compatibility.ToString();

    private static JsonNode Parse(string json) => JsonNode.Parse(json.Replace('\'', '"'))!;
}
