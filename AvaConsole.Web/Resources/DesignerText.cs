namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of the designer page around the form: toolbar, code, presence.</summary>
public sealed class DesignerText;
