namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of the releases pages.</summary>
public sealed class ReleasesText;
