using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Widgets;
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
    private string _expected = "";
    private decimal? _tolerance;
    private ExpectationKind _kind;
    private PayloadDraft _payload = PayloadDraft.For(api: null);
    private Error? _error;
    private bool _busy;
    private Guid? _known;

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

    private List<(string, string)> KindOptions => [.. Enum.GetValues<ExpectationKind>().Select(kind => (kind.ToString(), L["Expectation_" + kind].Value))];

    protected override void OnParametersSet()
    {
        if (_known != App.Id)
        {
            (_known, _payload) = (App.Id, PayloadDraft.For(App.Api?.Draft));
        }
    }

    private string ExpectationOf(TestCase test) => test.Kind switch
    {
        ExpectationKind.Label => test.ExpectedLabel.Length == 0 ? L["AnyAnswer"] : test.ExpectedLabel,
        _ => $"{L["Expectation_" + test.Kind]}: {test.Expected}",
    };

    /// <param name="file">Null where something was written.</param>
    private void OnChosen(string? file)
    {
        if (_name.Length == 0 && file is not null)
        {
            _name = Path.GetFileNameWithoutExtension(file);
        }
    }

    private async Task AddAsync()
    {
        if (_payload.Entries.ToArray() is not [var first, .. var more] || _busy)
        {
            return;
        }

        _busy = true;
        var request = new TestCaseRequest(_name.Trim(), first.FileName, first.MediaType, first.Content, _label.Trim(), (double?)_score)
        {
            Entry = first.Name,
            More = more,
            Kind = _kind,
            Expected = _expected,
            Tolerance = (double?)_tolerance,
        };
        var result = await Apps.AddTestCaseAsync(App.Id, request, Actor!, Token);
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            Toaster.Success(L["TestAdded", _name]);
            (_name, _expected, _payload) = ("", "", PayloadDraft.For(App.Api?.Draft));
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
