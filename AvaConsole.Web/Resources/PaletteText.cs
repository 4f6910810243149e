namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>PaletteText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class PaletteText;
