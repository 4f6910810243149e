namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>CliText.resx</c>.</summary>
public sealed class CliText;
