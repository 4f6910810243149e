using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images;

/// <summary>What differs between two images of the catalogue, of one repository or of two.</summary>
public sealed partial class ComparePage
{
    private string _left = "";
    private string _right = "";
    private (string?, string?) _given;
    private ImageDiff? _diff;
    private Error? _error;

    [Inject]
    public required CatalogueService Catalogue { get; init; }

    [Inject]
    public required ErrorPresenter Errors { get; init; }

    [Inject]
    public required IStringLocalizer<CatalogueText> L { get; init; }

    [SupplyParameterFromQuery(Name = "a")]
    public string? Left { get; set; }

    [SupplyParameterFromQuery(Name = "b")]
    public string? Right { get; set; }

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == CatalogueIndex.Topic;

    protected override async Task OnParametersSetAsync()
    {
        if (_given != (Left, Right))
        {
            _given = (Left, Right);
            (_left, _right, _diff, _error) = (Left ?? "", Right ?? "", null, null);
            await RefreshAsync();
        }
    }

    protected override async Task RefreshAsync()
    {
        if (Empty(Left) || Empty(Right))
        {
            return;
        }

        var asked = (Left, Right);
        var compared = await Catalogue.CompareAsync(Left!.Trim(), Right!.Trim(), Token);
        if (asked == (Left, Right))
        {
            (_diff, _error) = (compared.Value, compared.Error);
        }
    }

    private static bool Empty(string? text) => string.IsNullOrWhiteSpace(text);

    private void Apply() => Navigation.NavigateTo(ImageUrls.Compare(_left.Trim(), _right.Trim()));
}
