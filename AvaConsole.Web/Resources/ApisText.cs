namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of the apis pages.</summary>
public sealed class ApisText;
