using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images;

/// <summary>Says the catalogue's values in the reader's language.</summary>
internal static class CatalogueTexts
{
    /// <summary>A facet's value: names that people gave stay as they are.</summary>
    public static string Value(IStringLocalizer<CatalogueText> texts, CatalogueFacet facet, string value) => facet switch
    {
        CatalogueFacet.Framework => ImageFacets.TextOf(value),
        CatalogueFacet.Device => value.ToUpperInvariant(),
        CatalogueFacet.Cuda => $"CUDA {value}",
        CatalogueFacet.Python => $"Python {value}",
        CatalogueFacet.Registry when value == CatalogueQuery.BaseSource => texts["BaseSource"],
        CatalogueFacet.Date when CatalogueDates.All.Contains(value) => texts["Date_" + value],
        _ => value,
    };

    public static string State(IStringLocalizer<CatalogueText> texts, TagState state) => texts["State_" + state];

    /// <summary>The badge's kind.</summary>
    public static string Kind(TagState state) => state switch
    {
        TagState.Dangling => "danger",
        TagState.Unreadable => "warning",
        _ => "neutral",
    };
}
