namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of the page that edits a package's <c>service.yaml</c>.</summary>
public sealed class ServiceText;
