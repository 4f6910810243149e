using AvaConsole.Core.Naming;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images.Names;

/// <summary>
/// Names an image: from its parts, by name and tag, or freely with a reason. The name is held while this is open. Whoever embeds it gets a name that can
/// be given, or none.
/// </summary>
public sealed partial class ImageNameFields
{
    private readonly Guid _page = Guid.NewGuid();
    private readonly TypingPause _pause = new();
    private ImageNameInput _input = new();
    private ImageNameVerdict? _verdict;
    private IReadOnlyList<ImageTarget> _targets = [];
    private string _given = "";
    private bool _checking;
    private bool _reasonAsked;

    [Inject]
    public required IStringLocalizer<NamesText> L { get; init; }

    [Inject]
    public required NamingService Naming { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    /// <summary>The name to begin with; afterwards only what <see cref="ValueChanged"/> told.</summary>
    [Parameter]
    public string Value { get; set; } = "";

    /// <summary>A name that can be given; empty while there is none.</summary>
    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    [Parameter]
    public string Reason { get; set; } = "";

    [Parameter]
    public EventCallback<string> ReasonChanged { get; set; }

    /// <summary>With every verdict, for whoever wants to know more than the name, such as whether it needs a reason.</summary>
    [Parameter]
    public EventCallback<ImageNameVerdict> OnVerdict { get; set; }

    /// <summary>The name that the thing already has.</summary>
    [Parameter]
    public string Own { get; set; } = "";

    [Parameter]
    public bool Disabled { get; set; }

    protected override TimeSpan PollInterval => NameReservations.RenewEvery;

    private IReadOnlyList<(string Value, string Text)> Devices =>
        [("", L["Device_both"].Value), (ImageName.Cpu, L["Device_cpu"].Value), (ImageName.Gpu, L["Device_gpu"].Value)];

    private IReadOnlyList<(string Label, string Name)> Shown => _verdict is { Name.Length: > 0 } verdict && !_input.IsEmpty ? [(L["FinalName"].Value, verdict.Name)] : [];

    private string Target => $"{_input.Registry}/{_input.Namespace}";

    private IReadOnlyList<(string Value, string Text)> TargetOptions => [.. _targets.Select(target => ($"{target.Host}/{target.Namespace}", $"{target.Host}/{target.Namespace}".TrimEnd('/')))];

    protected override async Task OnInitializedAsync()
    {
        _input = ImageNameInput.From(Value);
        await base.OnInitializedAsync();
        _targets = await Naming.ListTargetsAsync(Token);
        if (_targets is [var first, ..] && _input is { Registry.Length: 0, Namespace.Length: 0 })
        {
            (_input.Registry, _input.Namespace) = (first.Host, first.Namespace);
        }

        await CheckAsync();
    }

    /// <summary>The name stays this page's while it is open.</summary>
    protected override async Task RefreshAsync()
    {
        if (_given.Length > 0 && _given != Own && !await Naming.RenewAsync(_page, Token))
        {
            await CheckAsync();
        }
    }

    protected override async ValueTask DisposePageAsync()
    {
        _pause.Dispose();
        await Naming.ReleaseAsync(_page, CancellationToken.None);
    }

    // What is missing is no reproach while nothing was typed.
    private string? Problem(string field) => _checking ? null : _verdict?.Problems
        .Where(problem => problem.Field == field && (problem.Code != "image_name.part_missing" || !_input.IsEmpty))
        .Select(problem => Presenter.Text(problem.Code, problem.Args))
        .FirstOrDefault();

    private void SetTarget(string target)
    {
        var known = _targets.FirstOrDefault(one => $"{one.Host}/{one.Namespace}" == target);
        _ = known is null ? Task.CompletedTask : Set(() => (_input.Registry, _input.Namespace) = (known.Host, known.Namespace));
    }

    private Task Use(string proposal) => Set(() =>
    {
        var form = _input.Form;
        var apart = ImageNameInput.From(proposal);
        (_input.Name, _input.Tag, _input.Free) = form == ImageNameForm.Tagged ? (apart.Name, apart.Tag, _input.Free) : (_input.Name, _input.Tag, proposal);
    });

    private async Task Set(Action change)
    {
        change();
        _checking = true;
        if (await _pause.IsOverAsync())
        {
            await CheckAsync();
        }
    }

    private async Task CheckAsync()
    {
        var query = _input.ToQuery(Own);
        var verdict = await Naming.CheckImageAsync(query, new NameHolder(_page, Actor!.Name), Token);
        if (query != _input.ToQuery(Own))
        {
            return;
        }

        (_verdict, _checking, _reasonAsked) = (verdict, false, verdict.NeedsReason);
        var name = verdict.Problems.Count == 0 ? verdict.Name : "";
        await OnVerdict.InvokeAsync(verdict);
        if (name != _given)
        {
            _given = name;
            await ValueChanged.InvokeAsync(name);
        }
    }
}
