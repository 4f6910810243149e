namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of the apps pages.</summary>
public sealed class AppsText;
