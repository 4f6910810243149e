namespace AvaConsole.Tests.Core.Schemas.Compatibility.Schemas;

public sealed class SchemaStructureTests
{
    [Theory]
    [InlineData("request", "{'properties':{'a':{}}}", "{'properties':{'b':{}}}", "new-optional-request-property request-property-removed")]
    [InlineData("request", "{}", "{'properties':{'b':{}},'required':['b']}", "new-required-request-property")]
    [InlineData("request", "{}", "{'properties':{'b':{'default':1}},'required':['b']}", "new-required-request-property-with-default")]
    [InlineData("request", "{'properties':{'a':{'readOnly':true}}}", "{'properties':{'b':{'readOnly':true}},'required':['b']}", "")]
    [InlineData("request", "{'properties':{'a':{}}}", "{'properties':{'a':{}},'required':['a']}", "request-property-became-required")]
    [InlineData("request", "{'properties':{'a':{}}}", "{'properties':{'a':{'default':1}},'required':['a']}", "request-property-became-required-with-default request-property-default-value-added")]
    [InlineData("request", "{'properties':{'a':{}},'required':['a']}", "{'properties':{'a':{}}}", "request-property-became-optional")]
    [InlineData("request", "{}", "{'required':['a']}", "")]
    [InlineData("response", "{'properties':{'a':{},'b':{}},'required':['a']}", "{}", "response-optional-property-removed response-required-property-removed")]
    [InlineData("response", "{}", "{'properties':{'a':{},'b':{}},'required':['a']}", "response-optional-property-added response-required-property-added")]
    [InlineData("response", "{'properties':{'a':{'writeOnly':true},'b':{'writeOnly':true}},'required':['a']}", "{}", "response-optional-write-only-property-removed response-required-write-only-property-removed")]
    [InlineData("response", "{'properties':{'a':{}},'required':['a']}", "{'properties':{'a':{}}}", "response-property-became-optional")]
    [InlineData("response", "{'properties':{'a':{'writeOnly':true}}}", "{'properties':{'a':{'writeOnly':true}},'required':['a']}", "response-write-only-property-became-required")]
    [InlineData("header", "{}", "{'properties':{'a':{}},'required':['a']}", "new-required-request-header-property")]
    [InlineData("header", "{'properties':{'a':{}}}", "{'properties':{'a':{}},'required':['a']}", "request-header-property-became-required")]
    [InlineData("query", "{'properties':{'a':{}}}", "{'properties':{'b':{}},'required':['b']}", "")]
    [InlineData("request", "{'properties':{'a':{}}}", "{'properties':{'a':{'readOnly':true}}}", "request-optional-property-became-read-only")]
    [InlineData("request", "{'properties':{'a':{'writeOnly':true}},'required':['a']}", "{'properties':{'a':{}},'required':['a']}", "request-required-property-became-not-write-only")]
    [InlineData("response", "{'properties':{'a':{'writeOnly':true}},'required':['a']}", "{'properties':{'a':{}},'required':['a']}", "response-required-property-became-not-write-only")]
    [InlineData("response", "{'properties':{'a':{}}}", "{'properties':{'a':{'readOnly':true}}}", "response-optional-property-became-read-only")]
    public void Compare_Properties_AreJudgedByDirection(string place, string from, string to, string expected) => Assert.Equal(expected, SchemaCase.Compare(place, from, to));

    [Theory]
    [InlineData("{'items':@}")]
    [InlineData("{'additionalProperties':@}")]
    [InlineData("{'not':@}")]
    [InlineData("{'if':{},'then':@}")]
    [InlineData("{'contains':@}")]
    [InlineData("{'propertyNames':@}")]
    [InlineData("{'prefixItems':[@]}")]
    [InlineData("{'patternProperties':{'^a':@}}")]
    [InlineData("{'dependentSchemas':{'a':@}}")]
    [InlineData("{'unevaluatedProperties':@}")]
    [InlineData("{'contentSchema':@}")]
    [InlineData("{'allOf':[@]}")]
    [InlineData("{'properties':{'a':{'items':{'anyOf':[@]}}}}")]
    public void Compare_PropertyBelowAnyKeyword_IsFound(string frame)
    {
        var from = frame.Replace("@", "{'type':'object','properties':{'a':{'type':'string','maxLength':4}}}", StringComparison.Ordinal);
        var to = frame.Replace("@", "{'type':'object','properties':{'a':{'type':'string','maxLength':3},'b':{}},'required':['b']}", StringComparison.Ordinal);

        Assert.Equal("new-required-request-property request-property-max-length-decreased", SchemaCase.Compare("request", from, to));
        Assert.Equal("", SchemaCase.Compare("request", frame.Replace("@", "{'description':'a'}", StringComparison.Ordinal), frame.Replace("@", "{'description':'b'}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("if", "if")]
    [InlineData("then", "then")]
    [InlineData("else", "else")]
    [InlineData("contains", "contains")]
    [InlineData("propertyNames", "property-names")]
    [InlineData("unevaluatedItems", "unevaluated-items")]
    [InlineData("unevaluatedProperties", "unevaluated-properties")]
    [InlineData("contentSchema", "content-schema")]
    public void Compare_SubschemaThatCameOrWent_IsTold(string keyword, string name)
    {
        var with = $"{{'type':'object','{keyword}':{{'type':'string'}}}}";

        Assert.Equal($"request-body-{name}-added", SchemaCase.Compare("request", "{'type':'object'}", with));
        Assert.Equal($"response-body-{name}-removed", SchemaCase.Compare("response", with, "{'type':'object'}"));
        Assert.Equal($"request-property-{name}-removed", SchemaCase.Compare("request", SchemaCase.Property(with), SchemaCase.Property("{'type':'object'}")));
    }

    [Theory]
    [InlineData("{'prefixItems':[{'type':'string'}]}", "{'prefixItems':[{'type':'string'},{'type':'integer'}]}", "request-body-prefix-items-added")]
    [InlineData("{'dependentSchemas':{'a':{}}}", "{'dependentSchemas':{'b':{}}}", "request-body-dependent-schema-added request-body-dependent-schema-removed")]
    [InlineData("{'patternProperties':{'a':{}}}", "{}", "request-body-pattern-property-removed")]
    [InlineData("{'dependentRequired':{'a':['b']}}", "{'dependentRequired':{'a':['c'],'d':['e']}}", "request-body-dependent-required-added request-body-dependent-required-changed")]
    [InlineData("{'minContains':1}", "{'minContains':2,'maxContains':3}", "request-body-min-contains-increased")]
    [InlineData("{'contentMediaType':'a/b'}", "{'contentMediaType':'a/c','contentEncoding':'base64'}", "request-body-content-encoding-changed request-body-content-media-type-changed")]
    [InlineData("{}", "{'discriminator':{'propertyName':'t'}}", "request-body-discriminator-added")]
    [InlineData("{'discriminator':{'propertyName':'t','mapping':{'a':'x','b':'y'}}}", "{'discriminator':{'propertyName':'u','mapping':{'a':'z','c':'y'}}}",
        "request-body-discriminator-mapping-added request-body-discriminator-mapping-changed request-body-discriminator-mapping-deleted request-body-discriminator-property-name-changed")]
    [InlineData("{'unevaluatedProperties':true}", "{'unevaluatedProperties':false}", "")]
    [InlineData("{'additionalProperties':true}", "{'additionalProperties':false}", "")]
    [InlineData("{'items':{'type':'string'}}", "{}", "")]
    public void Compare_NewerKeywords_AreJudged(string from, string to, string expected) => Assert.Equal(expected, SchemaCase.Compare("request", from, to));

    private const string Animals = "{'Cat':{'type':'object','properties':{'meow':{'type':'string'}}},'Dog':{'type':'object','properties':{'bark':{'type':'string'}}}}";

    private const string Cat = "{'$ref':'#/components/schemas/Cat'}";
    private const string Dog = "{'$ref':'#/components/schemas/Dog'}";

    [Theory]
    [InlineData("request", "oneOf", $"[{Cat}]", $"[{Dog},{Cat}]", "request-body-one-of-added")]
    [InlineData("response", "oneOf", $"[{Cat},{Dog}]", $"[{Dog}]", "response-body-one-of-removed")]
    [InlineData("request", "anyOf", $"[{Cat}]", $"[{Dog}]", "request-body-any-of-added request-body-any-of-removed")]
    [InlineData("request", "allOf", $"[{Cat}]", $"[{Cat},{Dog}]", "request-body-all-of-added")]
    [InlineData("request", "allOf", $"[{Cat}]", $"[{Cat},{{'title':'t','description':'d'}}]", "request-body-all-of-added-annotation-only")]
    [InlineData("response", "allOf", $"[{Cat},{{'description':'d'}},{Dog}]", $"[{Cat}]", "response-body-all-of-removed response-body-all-of-removed-annotation-only")]
    [InlineData("request", "oneOf", $"[{Cat},{Dog}]", $"[{Dog},{Cat}]", "")]
    [InlineData("request", "oneOf", $"[{Cat}]", "[{'type':'object','title':'tom','properties':{'meow':{'type':'string'}}}]", "")]
    [InlineData("request", "oneOf", "[{'type':'string'},{'type':'object','properties':{'a':{'type':'string'}}}]", "[{'type':'object','properties':{'a':{'type':'integer'}}},{'type':'string'}]", "request-property-type-changed")]
    [InlineData("request", "oneOf", "[{'title':'A','properties':{'a':{}}},{'title':'B','properties':{'b':{}}}]", "[{'title':'B','properties':{'c':{}}},{'title':'A','properties':{'d':{}}}]", "new-optional-request-property request-property-removed")]
    public void Compare_Compositions_MatchTheirBranches(string place, string keyword, string from, string to, string expected) =>
        Assert.Equal(expected, SchemaCase.Compare(place, $"{{'{keyword}':{from}}}", $"{{'{keyword}':{to}}}", Animals));

    [Theory]
    [InlineData("request", "request-body-wrapped-in-one-of")]
    [InlineData("response", "response-body-wrapped-in-one-of")]
    public void Compare_ObjectThatBecameAChoice_IsOneChange(string place, string expected)
    {
        const string From = "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}},'required':['a']}";
        const string To = "{'oneOf':[{'type':'object','properties':{'a':{'type':'string'}}},{'type':'object','properties':{'b':{'type':'string'}}}]}";

        Assert.Equal(expected, SchemaCase.Compare(place, From, To));
        Assert.Equal($"{place}-property-one-of-added", SchemaCase.Compare(place, SchemaCase.Property(From), SchemaCase.Property(To)));
    }

    [Theory]
    [InlineData("'type':'string'", "'type':'string','deprecated':true", "deprecated")]
    [InlineData("'type':'string','deprecated':true", "'type':'string'", "reactivated")]
    [InlineData("'type':'string'", "'type':'string','deprecated':true,'x-sunset':'2999-01-01'", "deprecated-with-sunset")]
    [InlineData("'type':'string'", "'type':'string','deprecated':true,'x-sunset':'2020-01-01'", "sunset-date-too-small")]
    [InlineData("'type':'string'", "'type':'string','deprecated':true,'x-sunset':'soon'", "deprecated-sunset-invalid")]
    [InlineData("'x-stability-level':'beta'", "'x-stability-level':'alpha'", "stability-decreased")]
    [InlineData("'x-stability-level':'beta'", "'x-stability-level':'stable'", "stability-increased")]
    [InlineData("'type':'string'", "'type':'string','x-stability-level':'alpha'", "stability-decreased")]
    [InlineData("'x-stability-level':'alpha'", "'x-stability-level':'stable'", "")]
    public void Compare_LifecycleOfProperty_IsTold(string from, string to, string expected)
    {
        foreach (var place in new[] { "request", "response" })
        {
            var id = expected.Length == 0 ? "" : $"{place}-property-{expected}";
            Assert.Equal(id, SchemaCase.Compare(place, SchemaCase.Property($"{{{from}}}"), SchemaCase.Property($"{{{to}}}")));
        }
    }
}
