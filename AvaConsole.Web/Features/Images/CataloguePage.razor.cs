using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Images;

/// <summary>All images, narrowed down while one types. The address says what is shown.</summary>
public sealed partial class CataloguePage
{
    private const int PageSize = 24;

    private readonly ResultKeys _keys = new();
    private CatalogueFilter _filter = new();
    private CatalogueResult? _result;

    /// <summary>What the shown result answers, by address.</summary>
    private string? _searched;
    private bool _drawer;
    private ElementReference _root;

    [Inject]
    public required CatalogueService Catalogue { get; init; }

    [Inject]
    public required BrowserTime Time { get; init; }

    [Inject]
    public required BrowserModule Browser { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required IStringLocalizer<CatalogueText> L { get; init; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "view")]
    public string? View { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public string? PageNumber { get; set; }

    [SupplyParameterFromQuery(Name = "framework")]
    public string[]? Framework { get; set; }

    [SupplyParameterFromQuery(Name = "device")]
    public string[]? Device { get; set; }

    [SupplyParameterFromQuery(Name = "cuda")]
    public string[]? Cuda { get; set; }

    [SupplyParameterFromQuery(Name = "python")]
    public string[]? Python { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    public string[]? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "team")]
    public string[]? Team { get; set; }

    [SupplyParameterFromQuery(Name = "registry")]
    public string[]? Registry { get; set; }

    [SupplyParameterFromQuery(Name = "date")]
    public string[]? Date { get; set; }

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == CatalogueIndex.Topic;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _keys.AttachAsync(Js, _root);
        }
    }

    protected override ValueTask DisposePageAsync() => _keys.DisposeAsync();

    protected override async Task OnParametersSetAsync()
    {
        var asked = CatalogueUrls.Parse(Text, Sort, View, PageNumber, Chosen);
        if (CatalogueUrls.List(asked) != _searched)
        {
            _filter = asked;
            await RefreshAsync();
        }
    }

    protected override async Task RefreshAsync()
    {
        var (filter, address) = (_filter, CatalogueUrls.List(_filter));
        await Time.InitializeAsync();
        var now = Time.ToLocal(Time.Now);
        var day = new DateTimeOffset(now.Date, now.Offset);
        var found = await Catalogue.SearchAsync(Query(filter, day), Token);
        if (found is { Rows.Count: 0, Total: > 0 })
        {
            // The address is older than the catalogue, which had more then.
            filter = filter with { Page = ((found.Total - 1) / PageSize) + 1 };
            found = await Catalogue.SearchAsync(Query(filter, day), Token);
        }

        // A later question may have been answered first.
        if (address == CatalogueUrls.List(_filter))
        {
            (_filter, _result, _searched) = (filter, found, address);
        }
    }

    private static CatalogueQuery Query(CatalogueFilter filter, DateTimeOffset day) => new()
    {
        Text = filter.Text,
        Facets = filter.Facets,
        Sort = filter.Sort,
        DayStart = day,
        Skip = (filter.Page - 1) * PageSize,
        Take = PageSize,
    };

    private string[]? Chosen(CatalogueFacet facet) => facet switch
    {
        CatalogueFacet.Framework => Framework,
        CatalogueFacet.Device => Device,
        CatalogueFacet.Cuda => Cuda,
        CatalogueFacet.Python => Python,
        CatalogueFacet.Kind => Kind,
        CatalogueFacet.Team => Team,
        CatalogueFacet.Registry => Registry,
        CatalogueFacet.Date => Date,
        _ => null,
    };

    // Typing refines, so it leaves no steps behind; a choice is a step that can be taken back.
    private void OnSearch(string text) => Navigation.NavigateTo(CatalogueUrls.List(_filter with { Text = text.Trim(), Page = 1 }), replace: true);

    private void OnToggle((CatalogueFacet Facet, string Value) choice) => Go(_filter.Toggle(choice.Facet, choice.Value));

    private void OnSort(ChangeEventArgs e) =>
        Go(_filter with { Sort = Enum.GetValues<CatalogueSort>().FirstOrDefault(sort => CatalogueUrls.Name(sort) == e.Value as string), Page = 1 });

    private void Go(CatalogueFilter filter) => Navigation.NavigateTo(CatalogueUrls.List(filter));

    private async Task OpenAsync()
    {
        _drawer = true;
        await Task.Yield();
        await Browser.FocusAsync("[data-facets-close]");
    }

    private async Task CloseAsync()
    {
        _drawer = false;
        await Task.Yield();
        await Browser.FocusAsync(".facets-button");
    }
}
