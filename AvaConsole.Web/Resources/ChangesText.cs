namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of the changes pages.</summary>
public sealed class ChangesText;
