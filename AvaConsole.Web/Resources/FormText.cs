namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of the parts of the API designer that people type into.</summary>
public sealed class FormText;
