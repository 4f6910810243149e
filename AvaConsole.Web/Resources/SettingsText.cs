namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>SettingsText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class SettingsText;
