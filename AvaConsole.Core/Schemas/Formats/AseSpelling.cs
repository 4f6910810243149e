namespace AvaConsole.Core.Schemas.Formats;

/// <summary>The published sample's misspelt words.</summary>
internal static class AseSpelling
{
    public const string Parameters = "paramters";
    public const string Payload = "palyload";
    public const string ConfigFilename = "configFilname";
    public const string Video = "vedio";

    /// <summary>The member that is meant by a name which is none; null where nothing is near.</summary>
    public static string? Member(string name, IReadOnlyCollection<string> known) => name switch
    {
        Parameters when known.Contains("parameters") => "parameters",
        Payload when known.Contains("payload") => "payload",
        _ => NearestName.Find(name, known),
    };

    /// <summary>The payload type that is meant by a word; the word itself where nothing is near.</summary>
    public static string Type(string type) => type switch
    {
        Video => PayloadTypes.Video,
        "img" or "picture" => PayloadTypes.Image,
        "string" => PayloadTypes.Text,
        _ when PayloadTypes.All.Contains(type) => type,
        _ => NearestName.Find(type, PayloadTypes.All) ?? type,
    };
}
