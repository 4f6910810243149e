namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>HostsText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class HostsText;
