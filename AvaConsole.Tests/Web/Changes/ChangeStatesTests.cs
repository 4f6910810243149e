using AvaConsole.Core.Changes;
using AvaConsole.Web.Features.Changes;

namespace AvaConsole.Tests.Web.Changes;

public sealed class ChangeStatesTests
{
    public static TheoryData<ChangeState> States => [.. Enum.GetValues<ChangeState>()];

    [Theory]
    [MemberData(nameof(States))]
    public void Parse_OwnName_GivesTheState(ChangeState state) => Assert.Equal(state, ChangeStates.Parse(ChangeStates.Name(state)));

    [Theory]
    [InlineData("nonsense")]
    [InlineData(null)]
    public void Parse_UnknownName_FiltersNothing(string? name) => Assert.Null(ChangeStates.Parse(name));
}
