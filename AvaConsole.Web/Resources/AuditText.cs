namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>AuditText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class AuditText;
