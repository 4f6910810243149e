using System.Globalization;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Examples;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using AvaConsole.Web.Features.Apis.Form;
using Bunit;
using Microsoft.AspNetCore.Components.Web;

namespace AvaConsole.Tests.Web.Apis.Form;

public sealed class PayloadSelectionTests : AvaTestContext
{
    private readonly DraftEditor _editor = new(
        new ApiSchema { Payload = Entries("a", "b", "c", "d"), Response = Entries("result") },
        revision: 1);

    [Fact]
    public void Select_RangeWithShift_ThenDelete_IsOneStepToUndo()
    {
        var table = Open();
        Pick(table, 1);
        Pick(table, 3, shift: true);
        Assert.Contains("3 selected", table.Find(".bar").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, table.FindAll(".tree-row.selected").Count);

        table.Find("[data-action=delete]").Click();

        Assert.Equal(["a"], Names());
        Assert.Equal("RemovedRows", _editor.History.Steps[^1].Label.Code);
        table.InvokeAsync(_editor.Undo);
        Assert.Equal(["a", "b", "c", "d"], Names());
    }

    [Fact]
    public void Select_ShiftOnASelectedRow_UnselectsTheRange()
    {
        var table = Open();
        table.Find("[data-testid=all-Payload]").Click();
        Pick(table, 0);

        Pick(table, 2, shift: true);

        Assert.Contains("1 selected", table.Find(".bar").TextContent, StringComparison.Ordinal);
        Assert.Contains("selected", table.Find("#field-Payload-3").ClassName!, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_AllAndRequire_SetsEveryRowAndBack()
    {
        var table = Open();
        table.Find("[data-testid=all-Payload]").Click();

        table.Find("[data-action=required]").Click();
        Assert.All(_editor.Schema.Payload, entry => Assert.True(entry.Required));
        Assert.False(_editor.Schema.Response[0].Required);

        table.Find("[data-action=optional]").Click();
        Assert.All(_editor.Schema.Payload, entry => Assert.False(entry.Required));
    }

    [Fact]
    public void Select_Block_MovesTogetherAndStopsAtTheEnd()
    {
        var table = Open();
        Pick(table, 1);
        Pick(table, 2);

        table.Find("[data-action=down]").Click();
        Assert.Equal(["a", "d", "b", "c"], Names());
        var steps = _editor.History.Steps.Count;
        table.Find("[data-action=down]").Click();

        Assert.Equal(["a", "d", "b", "c"], Names());
        Assert.Equal(steps, _editor.History.Steps.Count);
        table.Find("[data-action=up]").Click();
        table.Find("[data-action=up]").Click();
        Assert.Equal(["b", "c", "a", "d"], Names());
    }

    [Fact]
    public void Select_Duplicate_PutsACopyWithAFreeNameBelowEach()
    {
        var table = Open();
        Pick(table, 0);
        Pick(table, 2);

        table.Find("[data-action=duplicate]").Click();

        Assert.Equal(["a", "a_2", "b", "c", "c_2", "d"], Names());
    }

    [Theory]
    [InlineData("tsv")]
    [InlineData("json")]
    public void Select_Copy_IsWhatThePanelReads(string action)
    {
        var browser = JSInterop.SetupModule("/js/browser.js");
        browser.Mode = JSRuntimeMode.Loose;
        browser.Setup<bool>("copy", _ => true).SetResult(true);
        var table = Open();
        Pick(table, 1);
        Pick(table, 3);

        table.Find($"[data-action={action}]").Click();

        var text = (string)browser.Invocations["copy"].Single().Arguments[0]!;
        Assert.Equal(["b", "d"], (action == "json" ? RowJson.ReadEntries(text)! : EntryPaste.Read(text).Entries).Select(entry => entry.Name));
        Assert.Empty(table.FindAll("[data-action=out], [data-action=in]"));
    }

    [Fact]
    public void Paste_Table_ShowsWhatComesAddsTheGoodAndKeepsTheBad()
    {
        var table = Open();

        table.InvokeAsync(() => table.Instance.PasteRowsAsync("name\ttype\tencoding\trequired\nphoto\timage\tpng|jpg\tyes\nnoise\tsmell\t\t"));

        table.WaitForAssertion(() => Assert.Equal(2, table.FindAll(".found tbody tr").Count));
        Assert.Contains("smell", table.Find(".found tr.bad").TextContent, StringComparison.Ordinal);
        table.Find("[data-testid=paste-add]").Click();
        var photo = _editor.Schema.Payload[^1];
        Assert.Equal(("photo", PayloadTypes.Image, true), (photo.Name, photo.Type, photo.Required));
        Assert.Equal(["png", "jpg"], photo.Encodings);
        Assert.Single(table.FindAll(".found tbody tr"));
        Assert.Equal("PastedRows", _editor.History.Steps[^1].Label.Code);
    }

    [Fact]
    public void Paste_JsonSample_TakesItsFilesOnly()
    {
        var table = Open(DraftList.Response);
        table.Find("[data-testid=paste-Response]").Click();

        table.InvokeAsync(() => table.Instance.PasteRowsAsync("""{"at": "2026-11-21T08:00:00Z", "photo": "data:image/png;base64,iVBORw0KGgo="}"""));
        table.WaitForElement("[data-testid=paste-add]:not([disabled])");
        Assert.Contains("(1): at", table.Find(".note").TextContent, StringComparison.Ordinal);
        table.Find("[data-testid=paste-add]").Click();

        Assert.Equal(("photo", "png"), (_editor.Schema.Response[^1].Name, _editor.Schema.Response[^1].Encodings[0]));
        Assert.Empty(_editor.Schema.Parameters);
        Assert.Equal(4, _editor.Schema.Payload.Count);
        Assert.Empty(table.FindAll("[data-testid=paste-panel]"));
    }

    [Fact]
    public void Render_ReadOnly_OffersNothingToSelectOrPaste()
    {
        var table = Render<PayloadTable>(parameters => parameters.Add(view => view.Editor, _editor).Add(view => view.ReadOnly, true));

        Assert.Empty(table.FindAll("[data-select], [data-testid=all-Payload], [data-testid=paste-Payload]"));
    }

    [Fact]
    public void Select_OneRow_RendersNoOther()
    {
        var table = Open();
        var lines = table.FindComponents<EntryLine>();
        var before = lines.Select(line => line.RenderCount).ToList();

        Pick(table, 2);

        Assert.Equal([0, 0, 1, 0], lines.Select((line, index) => line.RenderCount - before[index]));
    }

    private static PayloadEntry[] Entries(params string[] names) => [.. names.Select(name => new PayloadEntry { Name = name })];

    private static void Pick(IRenderedComponent<PayloadTable> table, int row, bool shift = false) =>
        table.Find($"#field-Payload-{row.ToString(CultureInfo.InvariantCulture)} [data-select]").Click(new MouseEventArgs { ShiftKey = shift });

    private IRenderedComponent<PayloadTable> Open(DraftList list = DraftList.Payload) =>
        Render<PayloadTable>(parameters => parameters.Add(view => view.Editor, _editor).Add(view => view.List, list));

    private List<string> Names() => [.. _editor.Schema.Payload.Select(entry => entry.Name)];
}
