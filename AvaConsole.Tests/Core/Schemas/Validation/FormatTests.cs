using System.Text.Json;
using AvaConsole.Core.Schemas.Validation.JsonSchema;

namespace AvaConsole.Tests.Core.Schemas.Validation;

public sealed class FormatTests
{
    private static readonly JsonSchemaOptions s_asserts = new() { AssertFormats = true };

    [Theory]
    [InlineData("date", "2024-02-29", "2023-02-29", "2024-2-9")]
    [InlineData("time", "23:59:60Z", "22:59:60Z", "12:00:00")]
    [InlineData("date-time", "2026-11-21T08:30:06.5+08:00", "2026-11-21 08:30:06Z", "2026-11-21T08:30:06-24:00")]
    [InlineData("duration", "P1Y2M3DT4H5M6S", "P1Y2D", "PT")]
    [InlineData("email", "\"a b\"@x.example", "a..b@x.example", "a@-x")]
    [InlineData("idn-email", "实例@例子.测试", "实例", "@例子.测试")]
    [InlineData("hostname", "a-1.example", "a_b", "a.")]
    [InlineData("hostname", "xn--nxasmq6b", "xn--X", "a--")]
    [InlineData("idn-hostname", "例子.测试", "a·l", "〮例子")]
    [InlineData("ipv4", "192.0.2.255", "192.0.2.256", "192.0.02.1")]
    [InlineData("ipv6", "::ffff:192.0.2.1", "1::2::3", "fe80::1%eth0")]
    [InlineData("uri", "urn:a:b?x#y", "/relative", "http://a b/")]
    [InlineData("uri-reference", "../a?b#c", "a\\b", "%zz")]
    [InlineData("iri", "http://例子.测试/路径", "//例子", "http://[::x]/")]
    [InlineData("iri-reference", "路径#片段", "路\\径", "%")]
    [InlineData("uri-template", "/a{?b*,c:3}", "/a{b", "/a{}")]
    [InlineData("uuid", "2EB8AA08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g")]
    [InlineData("json-pointer", "/a~1b//0", "a", "/~2")]
    [InlineData("relative-json-pointer", "1/a", "01/a", "/a")]
    [InlineData("regex", "^[a-z]+$", "[", "\\Z")]
    public void Validate_AssertedFormat_TakesWhatHasItOnly(string format, string good, string bad, string worse)
    {
        var schema = $"{{\"format\":\"{format}\"}}";

        Assert.True(Check.IsValid(schema, JsonSerializer.Serialize(good), s_asserts));
        Assert.True(Check.IsValid(schema, "12", s_asserts));
        Assert.False(Check.IsValid(schema, JsonSerializer.Serialize(bad), s_asserts));
        Assert.False(Check.IsValid(schema, JsonSerializer.Serialize(worse), s_asserts));
        Assert.True(Check.IsValid(schema, JsonSerializer.Serialize(bad)));
    }

    [Fact]
    public void Validate_UnknownFormat_ConstrainsNothing() => Assert.True(Check.IsValid("""{"format":"own"}""", "\"x\"", s_asserts));
}
