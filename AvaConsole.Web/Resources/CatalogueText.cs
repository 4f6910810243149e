namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of the catalogue's pages.</summary>
public sealed class CatalogueText;
