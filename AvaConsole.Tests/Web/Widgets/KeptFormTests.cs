using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apps;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Infrastructure.Browser;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Web.Widgets;

public sealed class KeptFormTests : AvaTestContext
{
    private const string Key = "new-app/1";

    private readonly BunitJSModuleInterop _module;

    public KeptFormTests() => _module = JSInterop.SetupModule("/js/browser.js");

    private KeptForm<AppForm> Kept => new(Services.GetRequiredService<BrowserModule>(), Key);

    [Fact]
    public async Task Write_Form_ComesBack()
    {
        _module.SetupVoid("writeStorage", _ => true).SetVoidResult();
        await Kept.WriteAsync(new AppForm { Command = "digits", Description = "识别数字 “1”" });
        var text = Written();
        _module.Setup<string?>("readStorage", Key).SetResult(text);

        var form = await Kept.ReadAsync();

        Assert.Equal(("digits", "识别数字 “1”"), (form!.Command, form.Description));
        Assert.Contains("识别数字", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_FormTooLongForTheCircuit_IsNotKept()
    {
        _module.SetupVoid("writeStorage", _ => true).SetVoidResult();

        await Kept.WriteAsync(new AppForm { Command = "digits", Description = new string('字', 10_000) });

        Assert.Equal("", Written());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    public async Task Read_NothingThatCanBeRead_IsNone(string? text)
    {
        _module.Setup<string?>("readStorage", Key).SetResult(text);

        Assert.Null(await Kept.ReadAsync());
    }

    private string Written() => (string)_module.Invocations["writeStorage"][^1].Arguments[1]!;
}
