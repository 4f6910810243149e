using AvaConsole.Core.Releases;
using AvaConsole.Core.RequestLog;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apps;
using Bunit;

namespace AvaConsole.Tests.Web.Apps;

public sealed class RequestsTabTests : AvaTestContext
{
    private App _app = null!;

    public override async Task InitializeAsync()
    {
        await StartConsoleAsync();
        _app = (await Console.Apps.CreateAsync(new AppRequest("digits", "", true, null, 0, "", null), Console.Alice, default)).Value!;
    }

    [Fact]
    public async Task Save_Share_IsStoredAndSaid()
    {
        var tab = Open();

        tab.WaitForElement("#sampling-share").Input("2.5");
        tab.WaitForAssertion(() => Assert.False(tab.Find("[data-testid=save-sampling]").HasAttribute("disabled")));
        tab.Find("form.share").Submit();

        tab.WaitForAssertion(() => Assert.Contains("alice", tab.Find("form.share").TextContent, StringComparison.Ordinal));
        Assert.Equal(2.5m, (await Console.Get<RequestLogService>().GetSamplingAsync(_app.Id, default))!.Share);
    }

    [Fact]
    public async Task Render_Samples_ShowsThemAndDeletesAfterAsking()
    {
        await KeepAsync();
        var tab = Open();

        var row = tab.WaitForElement("tbody tr");
        Assert.Contains("request-1", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("{\"parameters\":{}}", row.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        await tab.InvokeAsync(() => tab.Find("[data-testid=delete-samples]").Click());

        tab.WaitForAssertion(() => Assert.Empty(tab.FindAll("tbody tr")));
        Assert.Equal(["Delete all samples of digits?"], Confirm.Asked);
    }

    [Fact]
    public void Render_Viewer_SeesNoContent()
    {
        SignIn(Console.Viewer);

        var tab = Open();

        tab.WaitForElement("#sampling-heading");
        Assert.Empty(tab.FindAll("form"));
    }

    private IRenderedComponent<RequestsTab> Open() => Render<RequestsTab>(parameters => parameters.Add(tab => tab.App, _app));

    private async Task KeepAsync()
    {
        var recorder = Console.Get<RequestRecorder>();
        recorder.Keep(new RequestSample
        {
            Id = Guid.CreateVersion7(),
            AppId = _app.Id,
            At = Clock.GetUtcNow(),
            Version = "v",
            Route = "content",
            Status = 200,
            RequestId = "request-1",
            Request = "{\"parameters\":{}}",
            Answer = "{}",
        });
        await recorder.StoreWaitingAsync(default);
    }
}
