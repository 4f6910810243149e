using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images;

/// <summary>One image: its tags, what each holds, the commands for it, and where it is deployed. All from the index: no registry is asked.</summary>
public sealed partial class ImagePage
{
    private CatalogueImage? _image;
    private TagDetails? _details;
    private IReadOnlyList<ImageUse> _uses = [];
    private IReadOnlyList<string> _roots = [];
    private Error? _error;
    private Error? _tagError;

    [Inject]
    public required CatalogueService Catalogue { get; init; }

    [Inject]
    public required CatalogueUses Uses { get; init; }

    [Inject]
    public required CatalogueRoots Roots { get; init; }

    [Inject]
    public required ErrorPresenter Errors { get; init; }

    [Inject]
    public required IStringLocalizer<CatalogueText> L { get; init; }

    [Parameter]
    public string Host { get; set; } = "";

    [Parameter]
    public string Path { get; set; } = "";

    [SupplyParameterFromQuery(Name = "tag")]
    public string? Tag { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public string? PageNumber { get; set; }

    private int PageIndex => int.TryParse(PageNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 1 and < 1_000_000 ? number : 1;

    private bool IsOutside => _roots.Count > 0 && ImageReference.TryParse(_image!.Repository, out var reference) && !_roots.Any(reference.IsUnder);

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic is CatalogueIndex.Topic or CatalogueRoots.Topic or "release" or "change" or "hosts";

    protected override Task OnParametersSetAsync() => RefreshAsync();

    protected override async Task RefreshAsync()
    {
        var (host, path, tag) = (Host, Path, Tag);
        var found = await Catalogue.GetAsync(host, path, Token);
        var details = found.IsSuccess && (tag ?? Newest(found.Value)) is { } shown ? await Catalogue.GetTagAsync(host, path, shown, Token) : null;
        var uses = await Uses.ListAsync(host, path, details?.Value?.Tag.Digest ?? "", Token);
        var roots = await Roots.GetAsync(Token);
        // Another tag or image may have been asked for meanwhile.
        if ((host, path, tag) == (Host, Path, Tag))
        {
            (_image, _error, _details, _tagError, _uses, _roots) = (found.Value, found.Error, details?.Value, details?.Error, uses, roots);
        }
    }

    /// <summary>What one looks for first; of an image whose tags nobody has read yet, any.</summary>
    private static string? Newest(CatalogueImage image) =>
        (image.Tags.Where(tag => tag.State == TagState.Known).MaxBy(tag => tag.CreatedAt ?? DateTimeOffset.MinValue) ?? (image.Tags.Count > 0 ? image.Tags[0] : null))?.Name;
}
