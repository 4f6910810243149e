namespace AvaConsole.Core.Schemas.Formats;

/// <summary>The published sample's misspelt words.</summary>
internal static class AseSpelling
{
    public const string Parameters = "paramters";
    public const string Payload = "palyload";
    public const string ConfigFilename = "configFilname";
    public const string Video = "vedio";

    /// <summary>What is meant by a member's name; the name itself where it is not one of the known mistakes.</summary>
    public static string Member(string name) => name switch
    {
        Parameters or "paramaters" or "parameter" => "parameters",
        Payload or "paylaod" or "playload" => "payload",
        ConfigFilename or "configFileName" or "configfilename" => "configFilename",
        _ => name,
    };

    /// <summary>What is meant by a payload's type.</summary>
    public static string Type(string type) => type switch
    {
        Video => PayloadTypes.Video,
        "img" or "picture" => PayloadTypes.Image,
        "string" => PayloadTypes.Text,
        _ => type,
    };
}
