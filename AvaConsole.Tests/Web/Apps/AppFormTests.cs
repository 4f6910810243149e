using AvaConsole.Core.Releases;
using AvaConsole.Web.Features.Apps;

namespace AvaConsole.Tests.Web.Apps;

public sealed class AppFormTests
{
    [Fact]
    public void From_AppWithASecret_NeverHoldsIt()
    {
        var form = AppForm.From(new App { Command = "digits", SealedSecretKey = [1, 2], AccessKey = "ak", OwnerUid = 7 });

        Assert.Equal(("", "ak", "7"), (form.SecretKey, form.AccessKey, form.OwnerUid));
    }

    [Theory]
    [InlineData("", false, null)]
    [InlineData("new", false, "new")]
    [InlineData("new", true, "")]
    public void ToRequest_Secret_KeepsReplacesOrRemoves(string typed, bool remove, string? sent) =>
        Assert.Equal(sent, new AppForm { SecretKey = typed, RemoveSecretKey = remove }.ToRequest()!.SecretKey);

    [Theory]
    [InlineData("-1")]
    [InlineData("seven")]
    [InlineData("99999999999999999999")]
    public void ToRequest_UidThatIsNone_GivesNothing(string uid) => Assert.Null(new AppForm { OwnerUid = uid }.ToRequest());

    [Theory]
    [InlineData(AppTab.Releases, "/apps/digits")]
    [InlineData(AppTab.Try, "/apps/digits?tab=try")]
    public void Url_Tab_IsInTheQuery(AppTab tab, string url) => Assert.Equal(url, AppUrls.Details("digits", tab));

    [Theory]
    [InlineData("try", AppTab.Try)]
    [InlineData("nonsense", AppTab.Releases)]
    [InlineData(null, AppTab.Releases)]
    public void ParseTab_Unknown_ShowsTheReleases(string? name, AppTab tab) => Assert.Equal(tab, AppUrls.ParseTab(name));

    [Fact]
    public void Url_Search_IsEscaped() => Assert.Equal("/apps?q=a%26b%20%E6%95%B0", AppUrls.List("a&b 数"));
}
