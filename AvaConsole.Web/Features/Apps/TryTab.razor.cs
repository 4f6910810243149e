using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Inference.Hosting;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Resources;
using AvaConsole.Web.Serving;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apps;

/// <summary>Calls a served release from the page, by the path that programs use.</summary>
public sealed partial class TryTab
{
    private List<ModelStatus>? _targets;
    private List<ModelStatus> _waiting = [];
    private ModelStatus? _target;
    private TryForm? _form;
    private ServingOutcome? _outcome;
    private string? _sampleUrl;
    private bool _running;

    [Inject]
    public required IStringLocalizer<AppsText> L { get; init; }

    [Inject]
    public required IStringLocalizer<ReleasesText> ReleaseTexts { get; init; }

    [Inject]
    public required AppService Apps { get; init; }

    [Inject]
    public required IModelHost Host { get; init; }

    [Inject]
    public required ServingService Serving { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Parameter, EditorRequired]
    public required App App { get; set; }

    /// <summary>Test cases that are pictures: one of them fills in the form by one click.</summary>
    private IEnumerable<TestCase> Samples => App.TestCases.Where(test => TestPictures.IsPicture(test.MediaType)).Take(24);

    private bool HasFiles => _form!.FileEntries.All(entry => !entry.Required || _form.File(entry) is not null);

    private List<(string Value, string Text)> TargetOptions =>
        [.. _targets!.Select(target => (target.Version, L["TargetOption", ReleaseTexts["Phase_" + target.Phase].Value, target.Version].Value))];

    protected override TimeSpan PollInterval => _target is null ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(5);

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic is "hosts" or "change";

    protected override Task OnParametersSetAsync() => RefreshAsync();

    protected override Task RefreshAsync()
    {
        var mine = Host.Statuses.Where(status => status.App == App.Command).ToList();
        _targets = [.. mine.Where(status => status.State == ModelStates.Serving).OrderBy(Rank)];
        _waiting = [.. mine.Where(status => status.State != ModelStates.Serving)];
        if (_targets.Find(target => target.Version == _target?.Version) is { } same)
        {
            // It may have moved to another phase, and so to another route.
            _target = same;
        }
        else
        {
            Take(_targets.FirstOrDefault());
        }

        return Task.CompletedTask;
    }

    private static int Rank(ModelStatus status) => status.Phase switch
    {
        Phases.Production => 0,
        Phases.Grey => 1,
        _ => 2,
    };

    private void Choose(string version) => Take(_targets!.FirstOrDefault(target => target.Version == version));

    /// <summary>What was typed stays where the two releases follow the same API.</summary>
    private void Take(ModelStatus? target)
    {
        _target = target;
        _outcome = null;
        if (target is null)
        {
            return;
        }

        using var lease = Host.TryAcquireVersion(target.App, target.Version);
        if (lease?.Model.ApiSchema is { } schema && !ReferenceEquals(schema, _form?.Schema))
        {
            _form = new TryForm(schema);
            _sampleUrl = null;
        }
    }

    private void SetFile(PayloadEntry entry, string name, byte[] content)
    {
        _form!.SetFile(entry, new ChosenFile(name, content));
        (_sampleUrl, _outcome) = (null, null);
    }

    private async Task UseSampleAsync(TestCase test)
    {
        var found = await Apps.GetTestCaseAsync(test.Id, Token);
        if (!found.IsSuccess)
        {
            Toaster.Error(Presenter.Text(found.Error));
            return;
        }

        SetFile(_form!.Picture!, test.FileName.Length > 0 ? test.FileName : test.Name, found.Value.Content);
        _sampleUrl = TestPictures.Url(test.Id);
    }

    private async Task RunAsync()
    {
        if (_running || !HasFiles)
        {
            return;
        }

        _running = true;
        var target = _target!.Phase is Phases.Production or Phases.Grey
            ? ServingTarget.ForPhase(App.Command, _target.Phase)
            : ServingTarget.ForVersion(App.Command, _target.Version);
        _outcome = await Serving.CallAsync(target, _form!.Body(), new ServingCaller.ConsoleUser(Actor!), Token);
        _running = false;
    }
}
