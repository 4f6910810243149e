using AvaConsole.Core.Accounts;

namespace AvaConsole.Tests.Core.Accounts;

public sealed class AccountPasswordValidatorTests
{
    [Theory]
    [InlineData("Password123", "account.password_common")]
    [InlineData("qwertyuiop", "account.password_common")]
    [InlineData("aaaaaaaaaa", "account.password_common")]
    [InlineData("abcdefghij", "account.password_common")]
    [InlineData("98765432", "account.password_common")]
    [InlineData("xyxyxyxyxy", "account.password_common")]
    [InlineData("lin-wei-2026", "account.password_is_name")]
    [InlineData("LIN-WEI-2026!!", "account.password_is_name")]
    public async Task Validate_Guessable_IsRefused(string password, string code) => Assert.Equal(code, await ValidateAsync(password));

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("lin-wei-2026 and a horse")]
    [InlineData("口令口令口令马电池")]
    public async Task Validate_Good_IsAccepted(string password) => Assert.Null(await ValidateAsync(password));

    [Fact]
    public async Task Validate_Length_AtMost256()
    {
        var longest = string.Concat(Enumerable.Range(0, 64).Select(i => $"{i * 7919 % 10000:0000}"));

        Assert.Null(await ValidateAsync(longest));
        Assert.Equal("account.password_too_long", await ValidateAsync(longest + "x"));
    }

    private static async Task<string?> ValidateAsync(string password)
    {
        var result = await new AccountPasswordValidator().ValidateAsync(null!, new Account { UserName = "lin-wei-2026" }, password);
        return result.Errors.SingleOrDefault()?.Code;
    }
}
