namespace AvaConsole.Tests.Core.Schemas.Compatibility.Schemas;

public sealed class SchemaTypeTests
{
    [Theory]
    [InlineData("request", "'string'", "'number'", "changed")]
    [InlineData("request", "'number'", "'string'", "changed")]
    [InlineData("request", "'number'", "'integer'", "changed")]
    [InlineData("request", "'integer'", "'number'", "generalized")]
    [InlineData("request", "['integer','string']", "['number','string']", "generalized")]
    [InlineData("request", "'string'", "['string','integer']", "generalized")]
    [InlineData("request", "['string','integer']", "'string'", "changed")]
    [InlineData("request", "'string'", "null", "generalized")]
    [InlineData("request", "null", "'string'", "changed")]
    [InlineData("request-xml", "'object'", "'string'", "compatible")]
    [InlineData("request-xml", "'string'", "'object'", "changed")]
    [InlineData("request-charset", "'object'", "'string'", "compatible")]
    [InlineData("response", "'number'", "'integer'", "specialized")]
    [InlineData("response", "'integer'", "'number'", "generalized")]
    [InlineData("response", "'string'", "'integer'", "changed")]
    [InlineData("response", "'string'", "null", "changed")]
    [InlineData("response", "null", "'string'", "specialized")]
    [InlineData("response", "['string','integer']", "'string'", "specialized")]
    [InlineData("response-xml", "'string'", "'object'", "compatible")]
    [InlineData("response-xml", "'object'", "'string'", "changed")]
    [InlineData("request-json-charset", "'integer'", "'string'", "compatible")]
    [InlineData("request-json-charset", "'string'", "'integer'", "changed")]
    [InlineData("response-json-charset", "'string'", "'integer'", "compatible")]
    public void Compare_TypeOfBody_IsJudgedByDirection(string place, string from, string to, string expected)
    {
        var direction = place.Split('-')[0];

        Assert.Equal($"{direction}-body-type-{expected}", SchemaCase.Compare(place, Typed(from), Typed(to)));
        Assert.Equal($"{direction}-property-type-{expected}", SchemaCase.Compare(place, SchemaCase.Property(Typed(from)), SchemaCase.Property(Typed(to))));

        static string Typed(string type) => type == "null" ? "{'description':'any'}" : $"{{'type':{type}}}";
    }

    [Theory]
    [InlineData("request", "integer", "int32", "int64", "request-body-type-generalized")]
    [InlineData("request", "integer", "int64", "int32", "request-body-type-changed")]
    [InlineData("request", "integer", "int64", "bigint", "request-body-type-generalized")]
    [InlineData("request", "number", "float", "double", "request-body-type-generalized")]
    [InlineData("request", "string", "date", "date-time", "request-body-type-generalized")]
    [InlineData("request", "string", "date-time", "date", "request-body-type-changed")]
    [InlineData("request", "string", "uuid", "", "request-body-type-generalized")]
    [InlineData("request", "string", "", "uuid", "request-body-type-changed")]
    [InlineData("response", "integer", "int32", "int64", "response-body-type-changed")]
    [InlineData("response", "integer", "int64", "int32", "response-body-type-specialized")]
    [InlineData("response", "string", "", "uuid", "response-body-type-specialized")]
    [InlineData("response", "string", "uuid", "", "response-body-type-changed")]
    [InlineData("query", "integer", "int32", "int64", "request-parameter-type-generalized")]
    [InlineData("query", "string", "", "date", "request-parameter-type-changed")]
    [InlineData("response-header", "string", "date-time", "", "response-header-type-changed")]
    public void Compare_Format_WidensOrNarrows(string place, string type, string from, string to, string expected) =>
        Assert.Equal(expected, SchemaCase.Compare(place, $"{{'type':'{type}','format':'{from}'}}", $"{{'type':'{type}','format':'{to}'}}"));

    [Theory]
    [InlineData("query", "{'type':'integer'}", "{'type':'string'}", "request-parameter-type-generalized")]
    [InlineData("query", "{'type':'string'}", "{'type':'integer'}", "request-parameter-type-changed")]
    [InlineData("query", "{'type':'string'}", "{'type':'array','items':{'type':'string'}}", "request-parameter-type-generalized")]
    [InlineData("path", "{'type':'string'}", "{'type':'array','items':{'type':'string'}}", "request-parameter-type-changed")]
    [InlineData("query", "{'type':'string'}", "{'type':'array','items':{'type':'string','pattern':'a'}}", "request-parameter-type-changed")]
    [InlineData("query", "{'type':'integer'}", "{'type':'array','items':{'type':'string'}}", "request-parameter-type-generalized")]
    [InlineData("query", "{'type':'string','maxLength':3}", "{'type':'array','items':{'type':'string','maxLength':3}}", "request-parameter-type-generalized")]
    [InlineData("response-header", "{'type':'string'}", "{'type':'integer'}", "response-header-type-compatible")]
    [InlineData("response-header", "{'type':'integer'}", "{'type':'string'}", "response-header-type-changed")]
    [InlineData("response-header", "{'type':'integer'}", "{'type':'number'}", "response-header-type-generalized")]
    public void Compare_TypeOfText_IsLoose(string place, string from, string to, string expected) => Assert.Equal(expected, SchemaCase.Compare(place, from, to));

    [Theory]
    [InlineData("'integer'", "'string'", "changed")]
    [InlineData("'string'", "'integer'", "specialized")]
    [InlineData("'integer'", "'number'", "generalized")]
    public void Compare_TypeOfParameterProperty_SaysWhatIsNotKnown(string from, string to, string expected) =>
        Assert.Equal($"request-parameter-property-type-{expected}", SchemaCase.Compare("query", SchemaCase.Property($"{{'type':{from}}}"), SchemaCase.Property($"{{'type':{to}}}")));

    [Fact]
    public void Compare_TypeOfReadOnlyRequestProperty_IsNoChange() =>
        Assert.Equal("", SchemaCase.Compare("request", SchemaCase.Property("{'type':'string','readOnly':true}"), SchemaCase.Property("{'type':'integer','readOnly':true}")));

    [Theory]
    [InlineData("{'type':'string'}", "{'type':'string','nullable':true}")]
    [InlineData("{'type':'string'}", "{'type':['string','null']}")]
    [InlineData("{'type':'string','enum':['a'],'maxLength':4,'pattern':'a'}", "{'oneOf':[{'type':'null'},{'type':'string','enum':['a'],'maxLength':4,'pattern':'a'}]}")]
    [InlineData("{'type':'string','description':'x'}", "{'description':'y','oneOf':[{'type':'string','title':'t'},{'type':'null'}]}")]
    public void Compare_Nullability_IsOneChangeInEveryForm(string plain, string nullable)
    {
        foreach (var (place, name) in new[] { ("request", "request-body"), ("response", "response-body"), ("query", "request-parameter"), ("response-header", "response-header") })
        {
            Assert.Equal($"{name}-became-nullable", SchemaCase.Compare(place, plain, nullable));
            var back = SchemaCase.Compare(place, nullable, plain).Split(' ');
            Assert.Contains($"{name}-became-not-nullable", back);
            Assert.All(back, id => Assert.True(id.EndsWith("-became-not-nullable", StringComparison.Ordinal) || id.Contains("-set", StringComparison.Ordinal) || id.Contains("-became-enum", StringComparison.Ordinal), id));
        }

        Assert.Equal("request-property-became-nullable", SchemaCase.Compare("request", SchemaCase.Property(plain), SchemaCase.Property(nullable)));
        Assert.Equal("response-property-became-not-nullable", SchemaCase.Compare("response", SchemaCase.Property(nullable), SchemaCase.Property(plain)));
        Assert.Equal("request-parameter-property-became-nullable", SchemaCase.Compare("query", SchemaCase.Property(plain), SchemaCase.Property(nullable)));
    }

    [Theory]
    [InlineData("request")]
    [InlineData("response")]
    public void Compare_ObjectBesideNull_KeepsItsProperties(string place)
    {
        const string Plain = "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'integer'}},'required':['a']}";
        const string Nullable = "{'oneOf':[{'type':'null'},{'$ref':'#/components/schemas/O'}]}";
        const string Components = $"{{'O':{Plain}}}";

        Assert.Equal($"{place}-body-became-nullable", SchemaCase.Compare(place, Plain, Nullable, Components));
        Assert.Equal($"{place}-property-became-not-nullable", SchemaCase.Compare(place, SchemaCase.Property(Nullable), SchemaCase.Property(Plain), Components));
    }

    [Fact]
    public void Compare_WrapThatNarrows_TellsWhatIsNarrowed()
    {
        var ids = SchemaCase.Compare("request", SchemaCase.Property("{'type':'string','enum':['a','b']}"), SchemaCase.Property("{'oneOf':[{'type':'null'},{'type':'string','enum':['a']}]}"));

        Assert.Contains("request-property-enum-value-removed", ids.Split(' '));
        Assert.DoesNotContain("nullable", ids);
    }

    [Theory]
    [InlineData("request", "{'type':['string','null']}", "{'description':'any'}", "request-body-type-generalized")]
    [InlineData("request", "{}", "{'type':['string','null']}", "request-body-type-changed")]
    [InlineData("request", "{'type':'integer'}", "{'type':['string','null']}", "request-body-became-nullable request-body-type-changed")]
    public void Compare_TypeWithNull_SeesNullOnlyAmongTypes(string place, string from, string to, string expected) => Assert.Equal(expected, SchemaCase.Compare(place, from, to));

    [Theory]
    [InlineData("request", "{'type':'string'}", "{'oneOf':[{'type':'string'},{'type':'integer'}]}", "request-body-list-of-types-widened")]
    [InlineData("request", "{'anyOf':[{'type':'string'},{'type':'integer'}]}", "{'type':'string'}", "request-body-list-of-types-narrowed")]
    [InlineData("response", "{'type':'string'}", "{'oneOf':[{'type':'string'},{'type':'integer'}]}", "response-body-list-of-types-widened")]
    [InlineData("response", "{'oneOf':[{'type':'string'},{'type':'integer'}]}", "{'oneOf':[{'type':'string'}]}", "response-body-list-of-types-narrowed")]
    [InlineData("request", "{'anyOf':[{'type':'string'},{'type':'integer'}]}", "{'oneOf':[{'type':'string'},{'type':'string','format':'date'}]}", "request-body-any-of-removed request-body-one-of-added")]
    [InlineData("request", "{'properties':{'x':{'type':'string','readOnly':true}}}", "{'properties':{'x':{'oneOf':[{'type':'string'},{'type':'integer'}],'readOnly':true}}}", "")]
    [InlineData("query", "{'type':'string'}", "{'anyOf':[{'type':'string'},{'type':'integer'}]}", "request-parameter-list-of-types-widened")]
    [InlineData("query", "{'type':'boolean'}", "{'anyOf':[{'type':'string'},{'type':'integer'}]}", "request-parameter-list-of-types-narrowed")]
    public void Compare_ChoiceOfPlainTypes_IsOneChange(string place, string from, string to, string expected)
    {
        Assert.Equal(expected, SchemaCase.Compare(place, from, to));
        var inProperty = expected.Replace("-body-", "-property-", StringComparison.Ordinal).Replace("parameter-list", "parameter-property-list", StringComparison.Ordinal);
        Assert.Equal(inProperty, SchemaCase.Compare(place, SchemaCase.Property(from), SchemaCase.Property(to)));
    }
}
