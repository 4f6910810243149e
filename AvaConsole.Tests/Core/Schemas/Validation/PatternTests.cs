using System.Text.Json;

namespace AvaConsole.Tests.Core.Schemas.Validation;

/// <summary>ECMA-262's expressions, with its <c>u</c> flag, not .NET's.</summary>
public sealed class PatternTests
{
    [Theory]
    [InlineData("^\\d$", "0", "߀")]
    [InlineData("^\\D$", "߀", "0")]
    [InlineData("^\\w+$", "a_9", "é")]
    [InlineData("^\\W$", "é", "a")]
    [InlineData("^\\s$", "\ufeff", "\u200b")]
    [InlineData("^\\S$", "\u0001", "\u2003")]
    [InlineData("^.$", "😀", "\u2028")]
    [InlineData("^[^a]$", "😀", "a")]
    [InlineData("^😀*$", "😀😀", "😁")]
    [InlineData("^[😀-😂]$", "😁", "😃")]
    [InlineData("^\\u{1F600}\\ud83d\\ude00$", "😀😀", "😀")]
    [InlineData("^\\p{Letter}+$", "École𝒜", "a1")]
    [InlineData("^\\p{Lu}\\P{Lu}$", "Éé", "éÉ")]
    [InlineData("^\\p{Script=Greek}+$", "αβγ", "abc")]
    [InlineData("^[\\p{L}\\p{Nd}]+$", "a৪", "a-")]
    [InlineData("\\bword\\b", "a word", "éwordx")]
    [InlineData("^\\cC\\t\\v\\f\\x41\\0$", "\u0003\t\v\fA\0", "x")]
    [InlineData("^a$", "a", "a\n")]
    [InlineData("^(?<x>a|b)\\k<x>$", "bb", "ab")]
    [InlineData("^(a)?b\\1$", "b", "ba")]
    [InlineData("^(?:(?!cat).)*$", "dog", "a cat")]
    [InlineData("(?<=\\$)\\d+", "$5", "5")]
    [InlineData("^[\\w.-]+@[a-z]+\\.[a-z]{2,}$", "a.b-c@x.org", "a@x.c")]
    [InlineData("^[]$|^b$", "b", "")]
    [InlineData("^[^]$", "\n", "")]
    [InlineData("^\\/\\-\\.\\$$", "/-.$", "/--$")]
    [InlineData("^[a-z0-9]{2,3}-?[A-Z]*$", "ab1-XY", "a-X")]
    [InlineData("^a{2}b+c?$", "aabb", "abb")]
    [InlineData("^x*y{0,2}$", "xxyy", "xyyy")]
    [InlineData("^ab|cd$", "abz", "zab")]
    [InlineData("^a+a$", "aa", "a")]
    [InlineData("^[a-c]*[c-e]$", "abcc", "abz")]
    public void Validate_Pattern_MatchesAsEcmaScriptDoes(string pattern, string good, string bad)
    {
        var schema = $"{{\"pattern\":{JsonSerializer.Serialize(pattern)}}}";

        Assert.True(Check.IsValid(schema, JsonSerializer.Serialize(good)));
        Assert.False(Check.IsValid(schema, JsonSerializer.Serialize(bad)));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("*a")]
    [InlineData("a**")]
    [InlineData("a{3,2}")]
    [InlineData("\\Z")]
    [InlineData("\\a")]
    [InlineData("\\2(a)")]
    [InlineData("\\k<no>")]
    [InlineData("\\p{Nothing}")]
    [InlineData("(?i)a")]
    [InlineData("(?>a)")]
    [InlineData("[b-a]")]
    [InlineData("\\u{110000}")]
    [InlineData("a\\")]
    public void Compile_NoPatternOfEcmaScript_IsRefused(string pattern) =>
        Assert.Equal("pattern.syntax", Assert.Single(Check.Refuse($"{{\"pattern\":{JsonSerializer.Serialize(pattern)}}}")).Code);
}
