using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Serving;

/// <summary>A served release as its callers see it.</summary>
public sealed record ServedApi(string App, string Version, string Phase, bool Public, ApiSchema Schema);
