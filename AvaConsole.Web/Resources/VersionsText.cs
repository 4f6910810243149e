namespace AvaConsole.Web.Resources;

/// <summary>Versions of an API: how they differ, which number comes next, and which are live.</summary>
public sealed class VersionsText;
