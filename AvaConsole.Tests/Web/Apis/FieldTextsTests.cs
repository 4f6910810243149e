using AvaConsole.Web.Features.Apis;

namespace AvaConsole.Tests.Web.Apis;

public sealed class FieldTextsTests
{
    private readonly FieldTexts _texts = new(
    [
        ("Parameters[1].Name", "name"),
        ("Parameters[1].Properties[0].Type", "inner type"),
        ("Parameters[1]", "row"),
        ("Parameters[10].Name", "tenth"),
    ]);

    [Fact]
    public void For_FieldWithAProblem_GivesItsText()
    {
        Assert.Equal("name", _texts.For("Parameters[1].Name"));
        Assert.Null(_texts.For("Parameters[1].Type"));
    }

    [Theory]
    [InlineData("Service", "field-Service")]
    [InlineData("Parameters[2]", "field-Parameters-2")]
    [InlineData("Parameters[2].Minimum", "field-Parameters-2-Minimum")]
    [InlineData("Parameters[2].Properties[0].Name", "field-Parameters-2-Properties-0-Name")]
    public void FieldId_Path_LeadsToAnElementOfThePage(string path, string id) => Assert.Equal(id, FieldIds.For(path));

    [Theory]
    [InlineData("1.2.3", "1.2.4", "1.3.0", "2.0.0")]
    [InlineData("0.9.0-beta", "0.9.1", "0.10.0", "1.0.0")]
    public void NextVersions_SemanticVersion_ProposesPatchMinorAndMajor(string version, params string[] next) => Assert.Equal(next, ApiVersions.Next(version));

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("1.x.0")]
    public void NextVersions_AnythingElse_ProposesNothing(string version) => Assert.Empty(ApiVersions.Next(version));
}
