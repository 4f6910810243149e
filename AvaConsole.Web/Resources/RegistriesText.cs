namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of the pages about image registries.</summary>
public sealed class RegistriesText;
