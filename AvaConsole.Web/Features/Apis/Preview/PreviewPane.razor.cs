using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis.Preview;

/// <summary>The draft as its callers and other programs will see it. Follows the typing after a moment's quiet, so that no key stroke waits for it.</summary>
public sealed partial class PreviewPane : IDisposable
{
    /// <summary>Quiet time after the last edit.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(300);

    private const int MaxSaid = 5;

    private PreviewContent _content = PreviewContent.Empty;
    private IReadOnlyList<string> _said = [];
    private ApiSchema _shown = new();
    private string? _shownTab;
    private ITimer? _timer;
    private bool _dirty;
    private bool _disposed;

    [Inject]
    public required IStringLocalizer<PreviewText> L { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public required ApiSchema Schema { get; set; }

    /// <summary>One of <see cref="PreviewTabs"/>; the request for anything else.</summary>
    [Parameter]
    public string? Tab { get; set; }

    [Parameter]
    public EventCallback<string> OnSelect { get; set; }

    private string Current => PreviewTabs.Parse(Tab);

    private Uri BaseUrl => new(Navigation.BaseUri);

    private List<(string Id, string Text)> Tabs => [.. PreviewTabs.All.Select(tab => (tab, L["Tab_" + tab].Value))];

    public void Dispose()
    {
        _disposed = true;
        _timer?.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (_shownTab is null)
        {
            return;
        }

        if (_shownTab != Current)
        {
            Show();
        }
        else if (!ReferenceEquals(_shown, Schema))
        {
            _timer ??= Clock.CreateTimer(_ => _ = InvokeAsync(ShowLater), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
        }
    }

    protected override bool ShouldRender()
    {
        var dirty = _dirty;
        _dirty = false;
        return dirty;
    }

    /// <summary>The form comes first: whoever opens a long draft does not wait for its examples.</summary>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            Show();
            StateHasChanged();
        }
    }

    private void ShowLater()
    {
        if (!_disposed && !ReferenceEquals(_shown, Schema))
        {
            Show();
            StateHasChanged();
        }
    }

    private void Show()
    {
        (_dirty, _shown, _shownTab) = (true, Schema, Current);
        _content = PreviewContent.Of(Schema, Current, BaseUrl);
        var problems = _content.Problems.Take(MaxSaid).Concat(_content.Notes.Take(MaxSaid).Select(note => new Problem(note.Pointer, note.Code, note.Args))).ToList();
        _said = problems.Count == 0 ? [] : [.. Presenter.Problems(new InvalidError(problems)).Select(problem => $"{problem.Field} {problem.Text}".Trim())];
    }
}
