using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Apis.Code;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Releases.Service;

/// <summary>Edits the <c>service.yaml</c> of a release's package, and shows at every pause what it makes of a request.</summary>
public sealed partial class ServicePage
{
    private Release? _release;
    private PayloadDraft? _payload;
    private IReadOnlyList<TestCase> _tests = [];
    private IReadOnlyList<ServiceTemplate> _templates = [];
    private IReadOnlyCollection<string> _files = [];
    private IReadOnlyList<CodeMark> _marks = [];
    private IReadOnlyList<StepPreview> _steps = [];
    private InferenceAnswer? _answer;
    private CodeBox? _box;
    private string _saved = "";
    private string _text = "";
    private Error? _loadError;
    private Error? _payloadError;
    private Error? _tryError;
    private Error? _saveError;
    private CancellationTokenSource? _round;
    private bool _shown;
    private bool _restored;
    private bool _previewing;
    private bool _trying;
    private bool _saving;

    [Inject]
    public required IStringLocalizer<ServiceText> L { get; init; }

    [Inject]
    public required ReleaseService Releases { get; init; }

    [Inject]
    public required AppService Apps { get; init; }

    [Inject]
    public required ServiceYamlEditor Editor { get; init; }

    [Inject]
    public required ServiceYamlTrial Trial { get; init; }

    [Inject]
    public required ServiceSaver Saver { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The test case that is looked at.</summary>
    [SupplyParameterFromQuery(Name = "test")]
    public Guid? Test { get; set; }

    private bool CanEdit => Can(Permission.Release) && Can(Permission.ManageApps);

    private string KeepKey => $"avaconsole.service-yaml.{Id}";

    private string State => _marks.Count > 0 ? "broken" : _text == _saved ? "saved" : "changed";

    private ServiceDraft Draft => new(_release!.Package!, _text) { App = _release.App.Command, ImageWidth = _release.ImageWidth, CustomValues = _release.CustomValues, Api = _release.ApiVersion?.Schema };

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (await LoadAsync() is { } error)
        {
            _loadError = error;
            return;
        }

        var payload = PayloadDraft.For(_release!);
        if ((_tests.FirstOrDefault(test => test.Id == Test) ?? (_tests is [var first, ..] ? first : null)) is { } wanted)
        {
            await FetchAsync(wanted, payload);
        }

        (_text, _payload) = (_saved, payload);
        await PreviewAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_shown && _box is not null)
        {
            _shown = true;
            await _box.ShowAsync(_text);
        }
    }

    protected override async ValueTask DisposePageAsync()
    {
        if (_round is not null)
        {
            await _round.CancelAsync();
        }
    }

    private async Task<Error?> LoadAsync()
    {
        var found = await Releases.GetAsync(Id, Token);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var release = found.Value;
        var tests = (await Apps.GetAsync(release.App.Command, Token)).Value?.TestCases ?? [];
        var read = release.Package is { } package ? await Editor.ReadAsync(package, Token) : "";

        // Nothing of it before all of it is there: the page may be drawn in between.
        (_release, _tests, _saved) = (release, tests, read.Value?.ReplaceLineEndings("\n") ?? "");
        _templates = ServiceTemplates.For(release.Package?.Inspection ?? new PackageInspection());
        _files = [.. release.Package?.Inspection.Files.Select(file => file.Path[(file.Path.LastIndexOf('/') + 1)..]) ?? []];
        return read.Error;
    }

    private IEnumerable<CodeSuggestion> Suggest(string text, int line, int column) =>
        ServiceCompletion.At(text, line, column, _files).Select(one => new CodeSuggestion(one.Label, one.Insert, one.Description, one.IsMember));

    private void OnTyped(string text)
    {
        _text = text;
        if (_text == _saved)
        {
            _restored = false;
            _ = _box?.ForgetAsync();
        }

        // The editor does not wait: the next key is on its way.
        _ = PreviewSoonAsync();
    }

    private async Task PreviewSoonAsync()
    {
        try
        {
            await PreviewAsync();
        }
        catch (Exception exception) when (exception is not JSDisconnectedException)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private void OnRestored() => _restored = true;

    private async Task UseTemplateAsync(ServiceTemplate template)
    {
        _text = template.Text;
        await _box!.ShowAsync(_text);
        await PreviewAsync();
    }

    private async Task DiscardAsync()
    {
        (_restored, _text) = (false, _saved);
        await _box!.ShowAsync(_text);
        await _box.ForgetAsync();
        await PreviewAsync();
    }

    private async Task TakeAsync(TestCase test)
    {
        await FetchAsync(test, _payload!);
        Navigation.NavigateTo(ReleaseUrls.Service(Id, test.Id), replace: true);
        await PreviewAsync();
    }

    private async Task FetchAsync(TestCase test, PayloadDraft payload)
    {
        var found = await Apps.GetTestCaseAsync(test.Id, Token);
        _payloadError = found.Error;
        if (found.IsSuccess)
        {
            payload.Take(found.Value);
        }
    }

    private Task OnPayloadChanged() => PreviewAsync();

    /// <summary>The last one that was asked for counts.</summary>
    private async Task PreviewAsync()
    {
        if (_release?.Package is null || IsDisposed)
        {
            return;
        }

        _round?.Cancel();
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(Token);
        (_round, _previewing, _answer, _tryError) = (mine, true, null, null);
        try
        {
            var result = await Trial.PreviewAsync(Draft, _payload!.ToRequest(), mine.Token);
            if (_round == mine)
            {
                (_round, _previewing) = (null, false);
                await ShowAsync(result);
            }
        }
        catch (OperationCanceledException)
        {
            // Somebody typed on.
        }
    }

    /// <summary>What is wrong with the text belongs to the editor, the rest to the request.</summary>
    private async Task ShowAsync(Result<IReadOnlyList<StepPreview>> result)
    {
        var isText = result.Error is InvalidError { Problems: [{ Code: var code }, ..] } && code.StartsWith("package.", StringComparison.Ordinal);
        _marks = isText ? ServiceMarks.Of(result.Error!, Presenter) : [];
        _payloadError = isText ? null : result.Error;
        _steps = result.Value ?? _steps;
        StateHasChanged();
        if (_box is not null)
        {
            await _box.MarkAsync([.. _marks.Where(mark => mark.Line > 0)]);
        }
    }

    private async Task TryAsync()
    {
        if (_trying || _payload!.ToRequest() is not { } request)
        {
            return;
        }

        await FlushAsync();
        (_trying, _answer, _tryError) = (true, null, null);
        var result = await Trial.TryAsync(Draft, request, Token);
        (_trying, _answer, _tryError) = (false, result.Value, result.Error);
    }

    private Task FlushAsync() => _box?.FlushAsync() ?? Task.CompletedTask;

    /// <summary>Somebody else saved: what is there now is compared with, and what was typed stays.</summary>
    private async Task ReloadAsync()
    {
        _saveError = await LoadAsync();
        await PreviewAsync();
    }

    private async Task SaveAsync()
    {
        if (_saving)
        {
            return;
        }

        _saving = true;
        var result = await Saver.SaveAsync(_release!, _text, Actor!, Token);
        (_saving, _saveError) = (false, result.Error);
        if (result.IsSuccess)
        {
            await _box!.ForgetAsync();
            Toaster.Success(L["SavedAs", result.Value.Version, result.Value.Package!.Sha256[..12]]);
            Navigation.NavigateTo(ReleaseUrls.Details(result.Value.Id));
        }
    }
}
