namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>RadzenText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class RadzenText;
