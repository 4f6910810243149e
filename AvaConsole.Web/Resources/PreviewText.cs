namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of the preview and of the reference page.</summary>
public sealed class PreviewText;
