namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>RecipesText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class RecipesText;
