using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Audit;

/// <summary>Who did what, when, from where, before and after.</summary>
public sealed partial class AuditPage : IDisposable
{
    private const int PageSize = 50;

    private readonly CancellationTokenSource _cts = new();
    private AuditQuery _query = new();
    private AuditQuery? _loaded;
    private Page<AuditEntry>? _page;
    private Error? _error;
    private string? _search;
    private bool _loading;

    [Inject]
    public required AuditService Log { get; init; }

    [Inject]
    public required CurrentActor Actor { get; init; }

    [Inject]
    public required BrowserTime Time { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IStringLocalizer<AuditText> L { get; init; }

    [Inject]
    public required IStringLocalizer<SharedText> Shared { get; init; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "action")]
    public string? Action { get; set; }

    [SupplyParameterFromQuery(Name = "actor")]
    public string? ActorName { get; set; }

    [SupplyParameterFromQuery(Name = "subject")]
    public string? Subject { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public string? PageNumber { get; set; }

    [SupplyParameterFromQuery(Name = "entry")]
    public string? Entry { get; set; }

    public void Dispose()
    {
        _cts.Cancel();
        _cts.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _query = ReadQuery();
        _search = _query.Search;

        // Opening a row changes the address but not the list.
        var asked = _query with { Entry = null };
        if (asked == _loaded)
        {
            return;
        }

        _loaded = asked;
        _loading = true;
        await LoadAsync(asked);
    }

    private static string? Text(ChangeEventArgs e) => NullIfBlank(e.Value as string);

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private AuditQuery ReadQuery() => new()
    {
        Search = NullIfBlank(Search),
        Action = NullIfBlank(Action),
        Actor = NullIfBlank(ActorName),
        Subject = Guid.TryParse(Subject, out var subject) ? subject : null,
        From = AuditUrls.ParseDay(From),
        To = AuditUrls.ParseDay(To),
        Page = int.TryParse(PageNumber, out var page) && page is > 1 and < 1_000_000 ? page : 1,
        Entry = long.TryParse(Entry, out var entry) ? entry : null,
    };

    private async Task LoadAsync(AuditQuery asked)
    {
        var token = _cts.Token;
        await Time.InitializeAsync();
        var filter = new AuditFilter(asked.Search, asked.Action, asked.Actor, asked.Subject, StartOf(asked.From), StartOf(asked.To?.AddDays(1))?.AddTicks(-10));
        var result = await Log.ListAsync(filter, (asked.Page - 1) * PageSize, PageSize, await Actor.GetAsync(), token);
        if (asked != _loaded)
        {
            return;
        }

        (_page, _error, _loading) = (result.Value, result.Error, false);
    }

    private DateTimeOffset? StartOf(DateOnly? day)
    {
        if (day is not { } date)
        {
            return null;
        }

        var midnight = date.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Time.Zone.GetUtcOffset(midnight));
    }

    private void Apply() => Go(_query with { Search = _search });

    private void Go(AuditQuery query) => Navigation.NavigateTo(AuditUrls.List(query with { Page = 1, Entry = null }), replace: true);
}
