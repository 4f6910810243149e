using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Web.Components.Layout;
using AvaConsole.Web.Components.Palette;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Audit;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Infrastructure.Culture;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Tests.Web.Shell;

public sealed class ShellUnitTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<ErrorPresenter>().BuildServiceProvider();

    public void Dispose()
    {
        CultureInfo.CurrentUICulture = _before;
        _services.Dispose();
    }

    [Theory]
    [InlineData("/apps?tab=try", true)]
    [InlineData("/", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/a\\b", false)]
    [InlineData("https://evil.example/", false)]
    [InlineData("/a\r\nSet-Cookie: x", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsLocal_Url_OnlyPathsOfThisSite(string? url, bool expected) => Assert.Equal(expected, LocalUrl.IsLocal(url));

    [Fact]
    public void SignIn_ReturnUrlWithQuery_IsEscaped() => Assert.Equal("/account/login?returnUrl=%2Fapps%3Fq%3Da%26b", ShellUrls.SignIn("/apps?q=a&b"));

    [Theory]
    [InlineData("dark", "dark")]
    [InlineData("light", "light")]
    [InlineData("purple", "system")]
    [InlineData(null, "system")]
    public void Parse_Theme_UnknownIsSystem(string? cookie, string expected) => Assert.Equal(expected, ThemeNames.Parse(cookie));

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(30, "30 s ago")]
    [InlineData(90, "1 min ago")]
    [InlineData(7200, "2 h ago")]
    [InlineData(200_000, "2 d ago")]
    [InlineData(700_000, "2026-11-13")]
    [InlineData(-5, "just now")]
    [InlineData(-3700, "in 1 h")]
    public void Relative_Age_ReadsAsDistance(int seconds, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var now = new DateTimeOffset(2026, 11, 21, 9, 30, 0, TimeSpan.Zero);

        Assert.Equal(expected, TimeFormat.Relative(now.AddSeconds(-seconds), now, TimeZoneInfo.Utc, Texts<SharedText>()));
    }

    [Fact]
    public void Exact_OtherZone_NamesItsOffset() => Assert.Equal(
        "2026-11-21 17:30:00 +08:00",
        TimeFormat.Exact(new DateTimeOffset(2026, 11, 21, 9, 30, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")));

    [Theory]
    [InlineData("en", "Your roles do not permit this.")]
    [InlineData("zh-Hans", "您的角色不允许执行此操作。")]
    [InlineData("zh-CN", "您的角色不允许执行此操作。")]
    public void Text_KnownCode_IsInTheReadersLanguage(string culture, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

        Assert.Equal(expected, Presenter.Text(new ForbiddenError("forbidden")));
    }

    [Fact]
    public void Text_UnknownCode_NamesTheCode()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

        Assert.Equal("Something went wrong (no.such_code).", Presenter.Text(new ConflictError("no.such_code")));
    }

    [Fact]
    public void For_SeveralProblems_FindsTheFieldsOwn()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var error = new InvalidError([new Problem("Name", "required"), new Problem("", "not_found")]);

        Assert.Equal("Required.", Presenter.For(error, "Name"));
        Assert.Null(Presenter.For(error, "Other"));
        Assert.Equal(["Name", ""], Presenter.Problems(error).Select(problem => problem.Field));
        Assert.Equal("Some values cannot be accepted.", Presenter.Text(error));
    }

    [Fact]
    public void Score_BetterMatches_ComeFirst()
    {
        PaletteCommand[] commands =
        [
            Command("Old digits"), Command("Digits"), Command("Widgets"), Command("Other") with { Keywords = "digits" }, Command("Undigitised"),
        ];

        var found = commands.Where(command => PaletteMatch.Score(command, "dig") > 0).OrderByDescending(command => PaletteMatch.Score(command, "dig"));

        Assert.Equal(["Digits", "Old digits", "Undigitised", "Other"], found.Select(command => command.Title));
    }

    [Theory]
    [InlineData("设置", "设", true)]
    [InlineData("Theme: Dark", "dark th", true)]
    [InlineData("Theme: Dark", "dark x", false)]
    [InlineData("Anything", "", true)]
    public void Score_Words_AllMustOccur(string title, string query, bool expected) => Assert.Equal(expected, PaletteMatch.Score(Command(title), query) > 0);

    [Fact]
    public void List_AuditQuery_RoundsThroughTheAddress()
    {
        var subject = Guid.Parse("01234567-89ab-7def-8123-456789abcdef");
        var query = new AuditQuery { Search = "a&b 数字", Action = "release", Subject = subject, From = new DateOnly(2026, 11, 1), Page = 3, Entry = 12 };

        Assert.Equal(
            "/audit?q=a%26b%20%E6%95%B0%E5%AD%97&action=release&subject=01234567-89ab-7def-8123-456789abcdef&from=2026-11-01&page=3&entry=12",
            AuditUrls.List(query));
        Assert.Equal("/audit", AuditUrls.List());
        Assert.Null(AuditUrls.ParseDay("yesterday"));
    }

    [Fact]
    public void Text_OfAnErrorWithACause_SaysBoth()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var error = new UnavailableError("package.custom_file_failed", ErrorCause.Args("@egress.status", new UnavailableError("egress.status", "files.example", "404")));

        Assert.Equal("The custom file “@egress.status” cannot be used: files.example answered with status 404 instead of the file.", Presenter.Text(error));
    }

    [Theory]
    [InlineData("", "https://files.example/x", true)]
    [InlineData("", "", false)]
    [InlineData("labels.txt", "", false)]
    public void ReleaseForm_AddressWithoutName_IsNotDropped(string name, string url, bool unnamed)
    {
        var form = new AvaConsole.Web.Features.Releases.ReleaseForm();
        form.Files.Add(new AvaConsole.Web.Features.Releases.CustomFile { Name = name, Url = url });

        Assert.Equal(unnamed, form.HasUnnamedFiles);
    }

    private ErrorPresenter Presenter => _services.GetRequiredService<ErrorPresenter>();

    private static PaletteCommand Command(string title) => new(title, PaletteGroup.Pages, title, "home");

    private IStringLocalizer<T> Texts<T>() => _services.GetRequiredService<IStringLocalizer<T>>();
}
