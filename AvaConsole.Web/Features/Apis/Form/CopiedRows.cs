namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>What goes to the clipboard.</summary>
public sealed record CopiedRows(string Text, int Count);
