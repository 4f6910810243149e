namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>ErrorText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class ErrorText;
