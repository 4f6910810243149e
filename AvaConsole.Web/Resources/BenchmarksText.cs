namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>BenchmarksText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class BenchmarksText;
