using AvaConsole.Core.Images.Registries;

namespace AvaConsole.Tests.Core.Images.Registries;

public sealed class AuthChallengeTests
{
    [Theory]
    [InlineData("Bearer realm=\"https://a/t\",service=\"s, \\\"x\\\"\",scope=\"repository:a:pull,push\"", "bearer", "https://a/t", "s, \"x\"")]
    [InlineData("bearer realm = https://a/t , service=s", "bearer", "https://a/t", "s")]
    [InlineData("Basic realm=\"Registry Realm\"", "basic", "Registry Realm", "")]
    [InlineData("Basic", "basic", "", "")]
    [InlineData("Basic realm=\"r\", Bearer realm=\"https://a/t\"", "bearer", "https://a/t", "")]
    [InlineData("Negotiate, Basic realm=\"r\"", "basic", "r", "")]
    public void Parse_Challenge_HasItsParts(string header, string scheme, string realm, string service) =>
        Assert.Equal(new AuthChallenge(scheme, realm, service), AuthChallenge.Parse([header]));

    [Theory]
    [InlineData("")]
    [InlineData("Negotiate")]
    [InlineData("Bearer service=\"s\"")]
    [InlineData("\"\"\"\"=,,,")]
    public void Parse_NoneThatWeCanMeet_IsNull(string header) => Assert.Null(AuthChallenge.Parse([header]));

    [Fact]
    public void Parse_SeveralHeaders_PrefersAToken() =>
        Assert.Equal("bearer", AuthChallenge.Parse(["Basic realm=\"r\"", "Bearer realm=\"https://a/t\""])?.Scheme);
}
