using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using AvaConsole.Web.Features.Apis.Form;
using AvaConsole.Web.Infrastructure.Browser;
using Bunit;
using Microsoft.AspNetCore.Components.Web;

namespace AvaConsole.Tests.Web.Apis.Form;

public sealed class ParameterTreeTests : AvaTestContext
{
    private readonly DraftEditor _editor = new(
        new ApiSchema
        {
            Service = "digits",
            Parameters =
            [
                new ApiParameter { Name = "speed", Type = ParameterTypes.Integer, Minimum = 1, Maximum = 9, Default = "3" },
                new ApiParameter { Name = "options", Type = ParameterTypes.Object, Properties = [new ApiParameter { Name = "inner" }, new ApiParameter { Name = "list", Type = ParameterTypes.Array, Items = new ApiParameter { Type = ParameterTypes.Object, Properties = [new ApiParameter { Name = "deep" }] } }] },
                new ApiParameter { Name = "mode", Enum = ["fast", "slow"] },
            ],
        },
        revision: 1);

    [Fact]
    public void Render_NestedParameters_ShowsARowEachWithItsRules()
    {
        var tree = Open();

        Assert.Equal(["speed", "options", "inner", "list", "deep", "mode"], Names(tree));
        Assert.Equal(["1 – 9", "= 3"], tree.FindAll("#field-Parameters-0 .chip").Select(chip => chip.TextContent));
        Assert.Equal("--level: 3", tree.Find("#field-Parameters-1-Properties-1-Items-Properties-0").GetAttribute("style"));
        Assert.Equal("Name of options › list › each element › deep", tree.Find("#field-Parameters-1-Properties-1-Items-Properties-0-Name").GetAttribute("aria-label"));
    }

    [Fact]
    public void Type_NestedName_ChangesOnlyThatMemberInOneStep()
    {
        var tree = Open();

        tree.Find("#field-Parameters-1-Properties-0-Name").Input("i");
        tree.Find("#field-Parameters-1-Properties-0-Name").Input("it");

        Assert.Equal("it", _editor.Schema.Parameters[1].Properties[0].Name);
        Assert.Equal("mode", _editor.Schema.Parameters[2].Name);
        tree.InvokeAsync(_editor.Undo);
        Assert.Equal("inner", _editor.Schema.Parameters[1].Properties[0].Name);
        tree.WaitForAssertion(() => Assert.Equal("inner", tree.Find("#field-Parameters-1-Properties-0-Name").GetAttribute("value")));
    }

    [Fact]
    public void Type_InOneRow_RendersNoOther()
    {
        var tree = Open();
        var lines = tree.FindComponents<ParameterLine>();
        var before = lines.Select(line => line.RenderCount).ToList();

        tree.Find("#field-Parameters-1-Properties-0-Name").Input("x");

        // The row itself and the object around it; nobody else.
        Assert.Equal([0, 1, 1, 0, 0, 0, 0], lines.Select((line, index) => line.RenderCount - before[index]));
    }

    [Fact]
    public void Details_EveryMember_IsWrittenIntoTheDraft()
    {
        var tree = Open();
        tree.Find("[data-testid=details-field-Parameters-0]").Click();

        tree.Find("#field-Parameters-0-Title").Input("Speed");
        tree.Find("#field-Parameters-0-ExclusiveMinimum").Input("0.5");
        tree.Find("#field-Parameters-0-ExclusiveMaximum").Input("10");
        tree.Find("#field-Parameters-0-MultipleOf").Input("2");
        tree.Find("#field-Parameters-0-Enum").Change("2, 4");
        tree.Find("#field-Parameters-0-Example").Input("4");
        tree.Find("#field-Parameters-0-Nullable").Change(true);
        tree.Find("#field-Parameters-0-Deprecated").Change(true);

        var speed = _editor.Schema.Parameters[0];
        Assert.Equal(
            ("Speed", 0.5m, 10m, 2m, "4", true, true),
            (speed.Title, speed.ExclusiveMinimum, speed.ExclusiveMaximum, speed.MultipleOf, speed.Example, speed.Nullable, speed.Deprecated));
        Assert.Equal(["2", "4"], speed.Enum);
        tree.FindAll("#field-Parameters-0 .tag button")[0].Click();
        Assert.Equal(["4"], _editor.Schema.Parameters[0].Enum);
    }

    [Fact]
    public void Type_Changed_DropsWhatMeansNothingAndUndoBringsItBack()
    {
        var tree = Open();

        tree.Find("#field-Parameters-0-Type").Change(ParameterTypes.String);

        Assert.Equal((null, "3"), (_editor.Schema.Parameters[0].Minimum, _editor.Schema.Parameters[0].Default));
        tree.InvokeAsync(_editor.Undo);
        Assert.Equal((1m, "3"), (_editor.Schema.Parameters[0].Minimum, _editor.Schema.Parameters[0].Default));
    }

    [Fact]
    public void AddMember_ToAnObjectAndToAListOfObjects_AddsInside()
    {
        var tree = Open();

        tree.Find("[data-testid=member-field-Parameters-1]").Click();
        tree.Find("[data-testid=member-field-Parameters-1-Properties-1]").Click();

        Assert.Equal(3, _editor.Schema.Parameters[1].Properties.Count);
        Assert.Equal(2, _editor.Schema.Parameters[1].Properties[1].Items!.Properties.Count);
        Assert.NotNull(tree.Find("#field-Parameters-1-Properties-1-Items-Properties-1-Name"));
    }

    [Theory]
    [InlineData("up")]
    [InlineData("down")]
    public async Task AltArrow_OnARow_MovesItWithItsPlaceOnThePage(string direction)
    {
        var tree = Open();
        tree.Find("[data-testid=details-field-Parameters-0]").Click();
        var key = Key(tree, direction == "down" ? "#field-Parameters-0" : "#field-Parameters-1");

        await tree.InvokeAsync(() => tree.Instance.MoveRowAsync(key, direction, "Name"));

        Assert.Equal(["options", "inner", "list", "deep", "speed", "mode"], Names(tree));
        Assert.NotNull(tree.Find("#field-Parameters-1 .details"));
        Assert.Equal("Moved", _editor.History.Steps[^1].Label.Code);
    }

    [Fact]
    public async Task AltArrow_LeftAndRight_MovesOutOfAndIntoTheObject()
    {
        var tree = Open();

        await tree.InvokeAsync(() => tree.Instance.MoveRowAsync(Key(tree, "#field-Parameters-2"), "in", "Name"));
        Assert.Equal(["inner", "list", "mode"], _editor.Schema.Parameters[1].Properties.Select(member => member.Name));

        await tree.InvokeAsync(() => tree.Instance.MoveRowAsync(Key(tree, "#field-Parameters-1-Properties-0"), "out", "Name"));
        Assert.Equal(["speed", "options", "inner"], _editor.Schema.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public async Task Drop_IntoAnObject_MovesTheRowThere()
    {
        var tree = Open();

        await tree.InvokeAsync(() => tree.Instance.DropRowAsync(Key(tree, "#field-Parameters-0"), Key(tree, "#field-Parameters-1"), "inside"));

        Assert.Equal(["options", "mode"], _editor.Schema.Parameters.Select(parameter => parameter.Name));
        Assert.Equal("speed", _editor.Schema.Parameters[0].Properties[^1].Name);
    }

    [Fact]
    public void Select_RangeWithShift_ThenDelete_IsOneStepToUndo()
    {
        var tree = Open();
        tree.FindAll("[data-select]")[2].Click();
        tree.FindAll("[data-select]")[5].Click(new MouseEventArgs { ShiftKey = true });
        Assert.Contains("4 selected", tree.Find(".bar").TextContent, StringComparison.Ordinal);

        tree.Find("[data-action=delete]").Click();

        Assert.Equal(["speed", "options", "mode"], Names(tree));
        tree.InvokeAsync(_editor.Undo);
        Assert.Equal(2, _editor.Schema.Parameters[1].Properties.Count);
    }

    [Fact]
    public void Select_AllAndRequire_SetsEveryRow()
    {
        var tree = Open();
        tree.Find("[data-testid=all-Parameters]").Click();

        tree.Find("[data-action=required]").Click();

        Assert.All(_editor.Schema.Parameters.Concat(_editor.Schema.Parameters[1].Properties), parameter => Assert.True(parameter.Required));
    }

    [Fact]
    public void Select_Block_MovesTogether()
    {
        var tree = Open();
        tree.FindAll("[data-select]")[0].Click();
        tree.FindAll("[data-select]")[1].Click();

        tree.Find("[data-action=down]").Click();
        Assert.Equal(["mode", "speed", "options"], _editor.Schema.Parameters.Select(parameter => parameter.Name));

        tree.Find("[data-action=down]").Click();
        Assert.Equal(["mode", "speed", "options"], _editor.Schema.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Undo_OfARemoval_KeepsWhatIsOpenInTheOthers()
    {
        var tree = Open();
        tree.Find("[data-testid=details-field-Parameters-2]").Click();

        tree.Find("#field-Parameters-0 [data-row-action=remove]").Click();
        Assert.NotNull(tree.Find("#field-Parameters-1 .details"));
        tree.InvokeAsync(_editor.Undo);

        tree.WaitForAssertion(() => Assert.NotNull(tree.Find("#field-Parameters-2 .details")));
    }

    [Fact]
    public async Task Problems_InAClosedObject_AreToldOutsideAndRevealed()
    {
        var tree = Open();
        tree.Find("#field-Parameters-1 button.fold").Click();
        tree.Render(parameters => parameters.Add(view => view.Problems, new FieldTexts([("Parameters[1].Properties[1].Items.Properties[0].Pattern", "no pattern")])));

        Assert.Contains("1 problems inside", tree.Find("#field-Parameters-1").TextContent, StringComparison.Ordinal);
        Assert.True(await tree.InvokeAsync(() => tree.Instance.Reveal("Parameters[1].Properties[1].Items.Properties[0].Pattern")));
        tree.WaitForAssertion(() => Assert.Equal("true", tree.Find("#field-Parameters-1-Properties-1-Items-Properties-0-Pattern").GetAttribute("aria-invalid")));
    }

    [Fact]
    public void Paste_Table_ShowsWhatComesAddsTheGoodAndKeepsTheBad()
    {
        var tree = Open();

        tree.InvokeAsync(() => tree.Instance.PasteRowsAsync("name\ttype\tmin\nwidth\tint\t1\nheight\tinch\t2"));

        tree.WaitForAssertion(() => Assert.Equal(2, tree.FindAll(".found tbody tr").Count));
        Assert.Contains("inch", tree.Find(".found tr.bad").TextContent, StringComparison.Ordinal);
        tree.Find("[data-testid=paste-add]").Click();
        Assert.Equal(("width", ParameterTypes.Integer, 1m), (_editor.Schema.Parameters[^1].Name, _editor.Schema.Parameters[^1].Type, _editor.Schema.Parameters[^1].Minimum));
        Assert.Single(tree.FindAll(".found tbody tr"));
        Assert.Equal("PastedRows", _editor.History.Steps[^1].Label.Code);
    }

    [Fact]
    public void Paste_JsonSample_InfersRowsAndPayload()
    {
        var tree = Open();

        tree.InvokeAsync(() => tree.Instance.PasteRowsAsync("""{"at": "2026-11-21T08:00:00Z", "photo": "data:image/png;base64,iVBORw0KGgo="}"""));
        tree.WaitForElement("[data-testid=paste-add]:not([disabled])").Click();

        Assert.Equal(("at", "date-time"), (_editor.Schema.Parameters[^1].Name, _editor.Schema.Parameters[^1].Format));
        Assert.Equal(("photo", "png"), (_editor.Schema.Payload[0].Name, _editor.Schema.Payload[0].Encodings[0]));
        Assert.Equal(new EditLabel("InferredRows", "2").Code, _editor.History.Steps[^1].Label.Code);
    }

    [Fact]
    public void Render_ReadOnly_OffersNothingToChange()
    {
        var tree = Render<ParameterTree>(parameters => parameters.Add(view => view.Editor, _editor).Add(view => view.ReadOnly, true));

        Assert.All(tree.FindAll("input, select, textarea"), field => Assert.True(field.HasAttribute("disabled")));
        Assert.Empty(tree.FindAll("[data-testid=add-Parameters], [data-row-action], [data-drag]"));
    }

    [Fact]
    public void Render_Chinese_SaysItInChinese()
    {
        UseCulture("zh-Hans");

        Assert.Equal("options › inner 的名称", Open().Find("#field-Parameters-1-Properties-0-Name").GetAttribute("aria-label"));
    }

    [Fact]
    public void Type_InManyRows_RendersTheRowAndItsObjectOnly()
    {
        var many = new DraftEditor(
            new ApiSchema { Parameters = [.. Enumerable.Range(0, 12).Select(group => new ApiParameter { Name = $"g{group}", Type = ParameterTypes.Object, Properties = [.. Enumerable.Range(0, 8).Select(index => new ApiParameter { Name = $"m{index}" })] })] },
            revision: 1);
        var tree = Render<ParameterTree>(parameters => parameters.Add(view => view.Editor, many));
        Assert.Equal(12, tree.FindAll("li.tree-row").Count);
        tree.FindAll("[data-testid=bar-Parameters] button")[0].Click();
        var lines = tree.FindComponents<ParameterLine>();
        Assert.Equal(108, lines.Count);
        var before = lines.Sum(line => line.RenderCount);

        tree.Find("#field-Parameters-7-Properties-5-Name").Input("typed");

        Assert.Equal(2, lines.Sum(line => line.RenderCount) - before);
    }

    private IRenderedComponent<ParameterTree> Open() => Render<ParameterTree>(parameters => parameters.Add(view => view.Editor, _editor));

    private static int Key(IRenderedComponent<ParameterTree> tree, string row) => int.Parse(tree.Find(row).GetAttribute("data-row")!, System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> Names(IRenderedComponent<ParameterTree> tree) => [.. tree.FindAll("input[data-cell=name]").Select(input => input.GetAttribute("value") ?? "")];
}
