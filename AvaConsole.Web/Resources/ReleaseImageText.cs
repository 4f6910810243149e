namespace AvaConsole.Web.Resources;

/// <summary>Names the texts about a release's image.</summary>
public sealed class ReleaseImageText;
