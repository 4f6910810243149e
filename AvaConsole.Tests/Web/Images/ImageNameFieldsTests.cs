using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Naming;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Images.Names;
using Bunit;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Web.Images;

public sealed class ImageNameFieldsTests : AvaTestContext
{
    private readonly List<string> _values = [];
    private readonly List<string> _reasons = [];
    private string _day = "";

    public override async Task InitializeAsync()
    {
        await StartConsoleAsync();
        _day = (await Console.Get<ConsoleClock>().TodayAsync(default)).Date.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Type_Parts_ShowsTheNameReferenceAndCommandsAndTellsThem()
    {
        var fields = Start();

        fields.WaitForElement("#image-framework").Input("caffe");
        fields.Find("#image-device").Change("gpu");
        fields.Find("#image-kind").Input("classify");
        fields.Find("#image-registry").Input("reg.example:5000");
        fields.Find("#image-namespace").Input("vision");

        fields.WaitForAssertion(() => Assert.Equal($"reg.example:5000/vision/ava-caffe-gpu-classify-v{_day}-1:v{_day}-1", fields.Find("[data-testid=reference]").TextContent));
        Assert.Equal($"ava-caffe-gpu-classify-v{_day}-1", fields.Find(".name").TextContent);
        Assert.Equal("free", State(fields));
        Assert.Contains("docker push", fields.Markup, StringComparison.Ordinal);
        Assert.Equal($"ava-caffe-gpu-classify-v{_day}-1", _values[^1]);
    }

    [Theory]
    [InlineData("Caffe", "classify", "image-framework")]
    [InlineData("gpu", "classify", "image-framework")]
    [InlineData("caffe", "cpu-classify", "image-kind")]
    [InlineData("caffe", "v20180228", "image-kind")]
    public void Type_PartThatCannotBe_SaysWhichAndGivesNoName(string framework, string kind, string field)
    {
        var fields = Start();

        fields.WaitForElement("#image-framework").Input(framework);
        fields.Find("#image-kind").Input(kind);

        fields.WaitForAssertion(() => Assert.NotEmpty(fields.Find($"#{field}-error").TextContent.Trim()));
        Assert.DoesNotContain(_values, value => value.Length > 0);
    }

    [Fact]
    public async Task Type_NameThatAnotherHolds_NamesThemAndOffersAFreeOne()
    {
        await Console.Get<NamingService>().CheckImageAsync(new ImageNameQuery(ImageNameForm.Tagged) { Text = "ava-keras:py27-cpu" }, new NameHolder(Guid.NewGuid(), "lin"), default);
        var fields = Start();

        fields.WaitForElement("[data-testid=form-Tagged]").Click();
        fields.WaitForElement("#image-name").Input("ava-keras");
        fields.Find("#image-tag").Input("py27-cpu");
        fields.WaitForAssertion(() => Assert.Contains("lin is giving", fields.Find("#image-name-error").TextContent, StringComparison.Ordinal));
        await fields.InvokeAsync(() => fields.Find("[data-testid=use-proposal]").Click());

        fields.WaitForAssertion(() => Assert.Equal("ava-keras-2:py27-cpu", _values[^1]));
        Assert.Equal("ava-keras-2", fields.Find("#image-name").GetAttribute("value"));
    }

    [Fact]
    public void Type_FreeName_AsksForTheReason()
    {
        var fields = Start();

        fields.WaitForElement("[data-testid=form-Free]").Click();
        fields.WaitForElement("#image-free").Input("keras");
        fields.WaitForAssertion(() => Assert.Contains("Say why", fields.Find("#image-reason-error").TextContent, StringComparison.Ordinal));
        fields.Find("#image-reason").Input("Known so for years.");

        Assert.Equal("Known so for years.", _reasons[^1]);
        fields.WaitForAssertion(() => Assert.Equal("keras", _values[^1]));
    }

    [Fact]
    public async Task Switch_FormAndBack_LosesNothing()
    {
        await Console.QueryAsync(db =>
        {
            db.Add(new ImageRegistry { Id = Guid.CreateVersion7(), Name = "team", Address = "https://reg.example", Host = "reg.example", Namespace = "vision", CreatedBy = "alice" });
            return db.SaveChangesAsync();
        });
        var fields = Start($"ava-mxnet-det-v20180101-3");

        fields.WaitForAssertion(() => Assert.Equal("mxnet", fields.Find("#image-framework").GetAttribute("value")));
        fields.WaitForAssertion(() => Assert.Equal("reg.example", fields.Find("#image-registry").GetAttribute("value")));
        fields.Find("[data-testid=form-Tagged]").Click();
        fields.WaitForElement("#image-tag");
        fields.Find("[data-testid=form-Dated]").Click();

        fields.WaitForAssertion(() => Assert.Equal("det", fields.Find("#image-kind").GetAttribute("value")));
        fields.WaitForAssertion(() => Assert.Equal($"ava-mxnet-det-v{_day}-1", _values[^1]));
    }

    [Fact]
    public async Task Close_Fields_GivesTheNameBack()
    {
        var fields = Start("ava-mxnet-det-v20180101-3");
        fields.WaitForAssertion(() => Assert.NotEmpty(_values));
        Assert.Equal(1, await Console.QueryAsync(db => db.NameReservations.CountAsync()));

        await fields.Instance.DisposeAsync();

        Assert.Equal(0, await Console.QueryAsync(db => db.NameReservations.CountAsync()));
    }

    private static string? State(IRenderedComponent<ImageNameFields> fields) => fields.Find("[data-testid=name-preview]").GetAttribute("data-state");

    private IRenderedComponent<ImageNameFields> Start(string value = "")
    {
        IRenderedComponent<ImageNameFields>? fields = null;
        fields = Render<ImageNameFields>(parameters => parameters
            .Add(one => one.Value, value)
            .Add(one => one.ValueChanged, _values.Add)
            .Add(one => one.ReasonChanged, _reasons.Add));
        return fields;
    }
}
