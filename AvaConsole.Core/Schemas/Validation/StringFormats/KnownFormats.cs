using AvaConsole.Core.Schemas.Validation.Engine;

namespace AvaConsole.Core.Schemas.Validation.StringFormats;

/// <summary>The formats of JSON Schema's validation vocabulary.</summary>
internal static class KnownFormats
{
    /// <summary>Null for a format that nobody knows; it constrains nothing.</summary>
    public static StringCheck? Find(string name) => null;
}
