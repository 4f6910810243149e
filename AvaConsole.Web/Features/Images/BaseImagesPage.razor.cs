using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images;

/// <summary>AVA's base images: the platform's matrix, what each is good for, and the tags to start from.</summary>
public sealed partial class BaseImagesPage
{
    private IReadOnlyList<CatalogueImage>? _images;

    [Inject]
    public required CatalogueService Catalogue { get; init; }

    [Inject]
    public required ErrorPresenter Errors { get; init; }

    [Inject]
    public required IStringLocalizer<CatalogueText> L { get; init; }

    /// <summary>The image whose tags are shown.</summary>
    [SupplyParameterFromQuery(Name = "image")]
    public string? Name { get; set; }

    [SupplyParameterFromQuery(Name = "view")]
    public string? View { get; set; }

    private bool IsCards => View == "cards";

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == CatalogueIndex.Topic;

    protected override Task OnParametersSetAsync() => RefreshAsync();

    protected override async Task RefreshAsync() => _images = await Catalogue.BaseImagesAsync(Token);

    private static string Join(IReadOnlyList<string> versions) => versions.Count > 0 ? string.Join(" / ", versions) : "–";
}
