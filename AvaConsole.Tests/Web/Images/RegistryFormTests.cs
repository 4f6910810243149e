using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Web.Features.Images.Registries;

namespace AvaConsole.Tests.Web.Images;

public sealed class RegistryFormTests
{
    [Fact]
    public void ToRequest_OfARegistry_ChangesNothing()
    {
        var registry = new ImageRegistry
        {
            Name = "Team",
            Address = "https://reg.example",
            AllowedHosts = ["auth.example", "b.example:8443"],
            Namespace = "vision",
            Repositories = ["vision/a", "vision/b"],
            ListsRepositories = false,
            UserName = "pusher",
            RefreshMinutes = 30,
            RequestBudget = 500,
            Enabled = false,
        };

        var request = RegistryForm.From(registry).ToRequest();

        Assert.Equivalent(
            new RegistryRequest("Team", "https://reg.example")
            {
                AllowedHosts = ["auth.example", "b.example:8443"],
                Namespace = "vision",
                Repositories = ["vision/a", "vision/b"],
                ListsRepositories = false,
                UserName = "pusher",
                RefreshMinutes = 30,
                RequestBudget = 500,
                Enabled = false,
            },
            request,
            strict: true);
    }

    [Theory]
    [InlineData("", false, null)]
    [InlineData("new", false, "new")]
    [InlineData("new", true, "")]
    public void ToRequest_Secret_IsKeptReplacedOrRemoved(string typed, bool isRemoved, string? secret) =>
        Assert.Equal(secret, new RegistryForm { Secret = typed, RemoveSecret = isRemoved }.ToRequest().Secret);

    [Fact]
    public void ToRequest_NumberThatIsNone_IsRefusedLater() =>
        Assert.Equal(0, new RegistryForm { RefreshMinutes = "soon" }.ToRequest().RefreshMinutes);

    [Fact]
    public void Allow_HostAgain_StandsOnce()
    {
        var form = new RegistryForm { AllowedHosts = "a.example, b.example" };

        form.Allow("b.example");
        form.Allow("c.example");

        Assert.Equal(["a.example", "b.example", "c.example"], form.ToRequest().AllowedHosts);
    }
}
