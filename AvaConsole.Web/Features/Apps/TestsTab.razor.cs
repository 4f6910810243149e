using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apps;

/// <summary>The app's test cases: what every release must answer right before it can be submitted.</summary>
public sealed partial class TestsTab
{
    private string _name = "";
    private string _label = "";
    private decimal? _score;
    private string? _fileName;
    private string _mediaType = "";
    private byte[]? _content;
    private Error? _error;
    private bool _busy;
    private int _round;

    [Inject]
    public required IStringLocalizer<AppsText> L { get; init; }

    [Inject]
    public required AppService Apps { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Parameter, EditorRequired]
    public required App App { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    private void Take((string Name, string MediaType, byte[] Content) file)
    {
        (_fileName, _mediaType, _content) = file;
        if (_name.Length == 0)
        {
            _name = Path.GetFileNameWithoutExtension(file.Name);
        }
    }

    private async Task AddAsync()
    {
        if (_content is null || _busy)
        {
            return;
        }

        _busy = true;
        var request = new TestCaseRequest(_name.Trim(), _fileName!, _mediaType, _content, _label.Trim(), (double?)_score);
        var result = await Apps.AddTestCaseAsync(App.Id, request, Actor!, Token);
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            Toaster.Success(L["TestAdded", _name]);
            (_name, _fileName, _content) = ("", null, null);
            _round++;
            await OnChanged.InvokeAsync();
        }
    }

    private async Task RemoveAsync(TestCase test)
    {
        if (!await Confirm.AskAsync(L["RemoveTestTitle", test.Name], L["RemoveTestText"], L["RemoveTest"], danger: true))
        {
            return;
        }

        var result = await Apps.RemoveTestCaseAsync(test.Id, Actor!, Token);
        _error = result.Error;
        if (result.IsSuccess)
        {
            Toaster.Success(L["TestRemoved", test.Name]);
        }

        await OnChanged.InvokeAsync();
    }
}
