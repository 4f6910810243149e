using System.Globalization;

namespace AvaConsole.Tests.Core.Schemas.Validation;

/// <summary>Most numbers are judged by the digits before their point alone: against each kind of bound the answer is the exact one.</summary>
public sealed class NumberBoundTests
{
    private static readonly string[] s_bounds = ["-10", "-1", "0", "1", "7", "10", "1e1", "0.5", "-1.25", "999999999999999999", "-999999999999999999", "12345678901234567890"];

    private static readonly string[] s_numbers =
    [
        "0", "-0", "0.0", "-0.0", "1", "-1", "1.0", "-1.00", "0.5", "-0.5", "0.50", "0.999", "-0.999", "1.25", "-1.25", "9.99", "10", "10.0", "10.01", "-10", "-10.5", "-9.5",
        "7e0", "70e-1", "0.07E2", "1e-9", "-1e-9", "999999999999999999", "-999999999999999999", "99999999999999999.5", "1000000000000000000", "12345678901234567890",
        "12345678901234567890.5", "0.000000000000000000000000001",
    ];

    [Theory]
    [InlineData("minimum")]
    [InlineData("maximum")]
    [InlineData("exclusiveMinimum")]
    [InlineData("exclusiveMaximum")]
    public void Validate_Bound_IsExact(string keyword)
    {
        foreach (var bound in s_bounds)
        {
            var validator = Check.Compile($"{{\"{keyword}\":{bound}}}");
            var wrong = s_numbers.Where(number => validator.Validate(System.Text.Encoding.ASCII.GetBytes(number)).Count == 0 != Fits(keyword, Parse(number), Parse(bound)));

            Assert.Empty(wrong);
        }
    }

    [Theory]
    [InlineData("""{"minimum":0,"exclusiveMinimum":0}""", "0.5", "0")]
    [InlineData("""{"minimum":1,"exclusiveMinimum":0}""", "1", "0.5")]
    [InlineData("""{"maximum":3,"exclusiveMaximum":3}""", "2.5", "3")]
    [InlineData("""{"maximum":3,"exclusiveMaximum":4}""", "3", "3.5")]
    [InlineData("""{"type":"integer","minimum":0,"maximum":5}""", "5.0", "5.5")]
    [InlineData("""{"minimum":0,"multipleOf":0.5}""", "1.5", "1.25")]
    [InlineData("""{"enum":[0,1,2]}""", "2.0", "3")]
    [InlineData("""{"enum":[1,1234567890123456789]}""", "1234567890123456789", "1234567890123456788")]
    public void Validate_SeveralRules_AllCount(string schema, string good, string bad) =>
        Assert.Equal((true, false), (Check.IsValid(schema, good), Check.IsValid(schema, bad)));

    private static bool Fits(string keyword, decimal value, decimal bound) => keyword switch
    {
        "minimum" => value >= bound,
        "maximum" => value <= bound,
        "exclusiveMinimum" => value > bound,
        _ => value < bound,
    };

    private static decimal Parse(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
