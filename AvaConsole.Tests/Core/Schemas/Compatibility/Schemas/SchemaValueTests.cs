namespace AvaConsole.Tests.Core.Schemas.Compatibility.Schemas;

public sealed class SchemaValueTests
{
    [Theory]
    [InlineData("request", "{'enum':['a','b']}", "{'enum':['a','c']}", "request-body-enum-value-removed")]
    [InlineData("request", "{'type':'string'}", "{'type':'string','enum':['a']}", "request-body-became-enum")]
    [InlineData("request", "{'enum':['a','b']}", "{'enum':['b','a']}", "")]
    [InlineData("response", "{'enum':['a','b']}", "{'enum':['a','c']}", "response-mediatype-enum-value-removed")]
    [InlineData("query", "{'enum':['a','b']}", "{'enum':['a','c']}", "request-parameter-enum-value-added request-parameter-enum-value-removed")]
    [InlineData("query", "{'type':'string'}", "{'type':'string','enum':['a']}", "request-parameter-became-enum request-parameter-enum-value-added")]
    [InlineData("header", "{'type':'string'}", "{'type':'string','enum':['a']}", "request-header-property-became-enum request-parameter-became-enum request-parameter-enum-value-added")]
    public void Compare_EnumOfRoot_IsJudgedByPlace(string place, string from, string to, string expected) => Assert.Equal(expected, SchemaCase.Compare(place, from, to));

    [Theory]
    [InlineData("request", "{'enum':['a','b']}", "{'enum':['a','c']}", "request-property-enum-value-added request-property-enum-value-removed")]
    [InlineData("request", "{'enum':['a','b'],'readOnly':true}", "{'enum':['a'],'readOnly':true}", "request-read-only-property-enum-value-removed")]
    [InlineData("request", "{'type':'string'}", "{'type':'string','enum':['a']}", "request-property-became-enum request-property-enum-value-added")]
    [InlineData("request", "{'type':'string','enum':['a']}", "{'type':'string'}", "request-property-enum-value-removed")]
    [InlineData("response", "{'enum':['a','b']}", "{'enum':['a','c']}", "response-property-enum-value-added response-property-enum-value-removed")]
    [InlineData("response", "{'enum':['a'],'writeOnly':true}", "{'enum':['a','c'],'writeOnly':true}", "response-write-only-property-enum-value-added")]
    [InlineData("query", "{'enum':['a','b']}", "{'enum':['a','c']}", "request-parameter-property-enum-value-added request-parameter-property-enum-value-removed")]
    [InlineData("request", "{'enum':[{'a':1},{'a':2}]}", "{'enum':[{'a':2},{'a':1}]}", "")]
    [InlineData("request", "{'x-extensible-enum':['a','b']}", "{'x-extensible-enum':['a']}", "request-property-x-extensible-enum-value-removed")]
    [InlineData("request", "{'x-extensible-enum':['a']}", "{'x-extensible-enum':['a','b']}", "")]
    [InlineData("request", "{'x-extensible-enum':['a','b'],'readOnly':true}", "{'x-extensible-enum':['a'],'readOnly':true}", "")]
    [InlineData("request", "{'const':1}", "{'const':2}", "request-property-const-changed")]
    [InlineData("request", "{'description':'d'}", "{'const':2}", "request-property-const-added")]
    [InlineData("response", "{'const':2}", "{'description':'d'}", "response-property-const-removed")]
    [InlineData("request", "{'default':1}", "{'default':2}", "request-property-default-value-changed")]
    [InlineData("response", "{'type':'string'}", "{'type':'string','default':'a'}", "response-property-default-value-added")]
    [InlineData("response", "{'default':1}", "{'default':1.0}", "")]
    public void Compare_ValuesOfProperty_AreJudgedByDirection(string place, string from, string to, string expected) =>
        Assert.Equal(expected, SchemaCase.Compare(place, SchemaCase.Property(from), SchemaCase.Property(to)));

    [Theory]
    [InlineData("query", "{'x-extensible-enum':['a','b']}", "{'x-extensible-enum':['a']}", "request-parameter-x-extensible-enum-value-removed")]
    [InlineData("query", "{'default':1}", "{'default':2}", "request-parameter-default-value-changed")]
    [InlineData("query", "{'type':'integer'}", "{'type':'integer','default':2}", "request-parameter-default-value-added")]
    [InlineData("query", "{'type':'integer','default':2}", "{'type':'integer'}", "request-parameter-default-value-removed")]
    [InlineData("path", "{'default':1}", "{'default':2}", "")]
    [InlineData("request", "{'default':1}", "{'default':2}", "request-body-default-value-changed")]
    [InlineData("response", "{'const':1}", "{'const':2}", "response-body-const-changed")]
    public void Compare_ValuesOfRoot_AreJudgedByPlace(string place, string from, string to, string expected) => Assert.Equal(expected, SchemaCase.Compare(place, from, to));

    [Theory]
    [InlineData("maximum", "max")]
    [InlineData("exclusiveMaximum", "exclusive-max")]
    [InlineData("maxLength", "max-length")]
    public void Compare_UpperBound_IsJudgedByDirection(string keyword, string name)
    {
        string Bound(int? value, string more = "") => value is null ? $"{{'type':'string'{more}}}" : $"{{'type':'string','{keyword}':{value}{more}}}";
        string Find(string place, int? from, int? to, string more = "") => SchemaCase.Compare(place, Bound(from, more), Bound(to, more));
        string InProperty(string place, int? from, int? to, string more = "") => SchemaCase.Compare(place, SchemaCase.Property(Bound(from, more)), SchemaCase.Property(Bound(to, more)));

        Assert.Equal($"request-body-{name}-decreased", Find("request", 5, 4));
        Assert.Equal($"request-body-{name}-increased", Find("request", 4, 5));
        Assert.Equal($"request-body-{name}-set", Find("request", null, 5));
        Assert.Equal("", Find("request", 5, null));
        Assert.Equal($"request-parameter-{name}-set", Find("query", null, 5));
        Assert.Equal($"request-parameter-{name}-decreased", Find("query", 5, 4));
        Assert.Equal($"response-body-{name}-increased", Find("response", 4, 5));
        Assert.Equal("", Find("response", 5, 4));
        Assert.Equal($"request-property-{name}-decreased", InProperty("request", 5, 4));
        Assert.Equal($"request-read-only-property-{name}-decreased", InProperty("request", 5, 4, ",'readOnly':true"));
        Assert.Equal("", InProperty("request", null, 4, ",'readOnly':true"));
        Assert.Equal($"response-property-{name}-increased", InProperty("response", 4, 5));
        Assert.Equal("", InProperty("response", 4, 5, ",'writeOnly':true"));
        Assert.Equal(name == "max-length" ? "response-property-max-length-unset" : "", InProperty("response", 5, null));
    }

    [Theory]
    [InlineData("minimum", "min")]
    [InlineData("exclusiveMinimum", "exclusive-min")]
    public void Compare_LowerBound_IsJudgedByDirection(string keyword, string name)
    {
        string Find(string place, string from, string to) => SchemaCase.Compare(place, SchemaCase.Property(from), SchemaCase.Property(to));

        Assert.Equal($"request-property-{name}-increased", Find("request", $"{{'{keyword}':1}}", $"{{'{keyword}':2}}"));
        Assert.Equal($"request-property-{name}-decreased", Find("request", $"{{'{keyword}':2}}", $"{{'{keyword}':1}}"));
        Assert.Equal($"request-property-{name}-set", Find("request", "{'type':'integer'}", $"{{'type':'integer','{keyword}':1}}"));
        Assert.Equal($"response-property-{name}-decreased", Find("response", $"{{'{keyword}':2}}", $"{{'{keyword}':1}}"));
        Assert.Equal("", Find("response", $"{{'{keyword}':1}}", $"{{'{keyword}':2}}"));
    }

    [Theory]
    [InlineData("request", "{'type':'array'}", "{'type':'array','minItems':2}", "request-body-min-items-increased")]
    [InlineData("request", "{'type':'string','minLength':2}", "{'type':'string'}", "request-body-min-length-decreased")]
    [InlineData("response", "{'type':'array','minItems':2}", "{'type':'array'}", "response-body-min-items-decreased")]
    [InlineData("response", "{'type':'string','minLength':2}", "{'type':'string','minLength':1}", "response-body-min-length-decreased")]
    [InlineData("query", "{'type':'array','minItems':1}", "{'type':'array','minItems':2}", "request-parameter-min-items-increased")]
    [InlineData("query", "{'type':'array','maxItems':3}", "{'type':'array','maxItems':2}", "request-parameter-max-items-decreased")]
    [InlineData("query", "{'type':'array','items':{'maxItems':3}}", "{'type':'array','items':{'maxItems':2}}", "request-parameter-max-items-decreased")]
    [InlineData("request", "{'exclusiveMaximum':true,'maximum':1}", "{'exclusiveMaximum':false,'maximum':1}", "request-body-exclusive-max-increased")]
    [InlineData("query", "{'pattern':'a'}", "{'pattern':'b'}", "request-parameter-pattern-changed")]
    [InlineData("query", "{'pattern':'a'}", "{'pattern':'.*'}", "request-parameter-pattern-generalized")]
    [InlineData("query", "{'type':'string'}", "{'type':'string','pattern':'b'}", "request-parameter-pattern-added")]
    [InlineData("query", "{'type':'string','pattern':'b'}", "{'type':'string'}", "request-parameter-pattern-removed")]
    [InlineData("request", "{'pattern':'a'}", "{'pattern':'b'}", "")]
    [InlineData("request", "{'uniqueItems':true}", "{'multipleOf':2,'maxProperties':1}", "")]
    public void Compare_OtherBounds_AreJudgedByPlace(string place, string from, string to, string expected) => Assert.Equal(expected, SchemaCase.Compare(place, from, to));

    [Theory]
    [InlineData("request", "'pattern':'a'", "'pattern':'.*'", "request-property-pattern-generalized")]
    [InlineData("response", "'pattern':'a'", "'pattern':'.*'", "response-property-pattern-changed")]
    [InlineData("response", "'title':''", "'pattern':'a'", "response-property-pattern-added")]
    [InlineData("request", "'minItems':1,'readOnly':true", "'minItems':2,'readOnly':true", "")]
    [InlineData("request", "'minLength':1,'readOnly':true", "'minLength':2,'readOnly':true", "request-property-min-length-increased")]
    public void Compare_BoundsOfProperty_KnowReadOnly(string place, string from, string to, string expected) =>
        Assert.Equal(expected, SchemaCase.Compare(place, SchemaCase.Property($"{{{from}}}"), SchemaCase.Property($"{{{to}}}")));
}
