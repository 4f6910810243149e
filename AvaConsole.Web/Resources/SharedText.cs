namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>SharedText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class SharedText;
