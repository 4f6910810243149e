using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis;

public sealed partial class ApiListPage
{
    private IReadOnlyList<ApiSummary>? _apis;
    private Error? _createError;
    private bool _creating;

    [Inject]
    public required IStringLocalizer<ApisText> L { get; init; }

    [Inject]
    public required SchemaService Schemas { get; init; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "new")]
    public bool New { get; set; }

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "api";

    protected override Task OnParametersSetAsync() => RefreshAsync();

    protected override async Task RefreshAsync() => _apis = await Schemas.ListAsync(Search, Token);

    private void OnSearch(string text) => Navigation.NavigateTo(ApiUrls.List(text), replace: true);

    private async Task CreateAsync(ApiSchema draft)
    {
        _creating = true;
        var result = await Schemas.CreateAsync(draft, Actor!, Token);
        (_creating, _createError) = (false, result.Error);
        if (result.IsSuccess)
        {
            Navigation.NavigateTo(ApiUrls.Details(result.Value.Id));
        }
    }
}
