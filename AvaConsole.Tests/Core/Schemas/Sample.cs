using AvaConsole.Core.Schemas;

namespace AvaConsole.Tests.Core.Schemas;

/// <summary>APIs that several tests use.</summary>
internal static class Sample
{
    public static ApiSchema Digits { get; } = new()
    {
        Service = "digits",
        Version = "1.2.0",
        Description = "Reads one handwritten digit",
        Parameters =
        [
            new ApiParameter { Name = "top_k", Type = "integer", Format = "int32", Minimum = 1, Maximum = 10, Default = "3", Description = "Labels to answer" },
            new ApiParameter { Name = "threshold", Type = "number", Minimum = 0, Maximum = 0.5m },
            new ApiParameter { Name = "mode", Type = "string", Enum = ["fast", "3", "no"], MaxLength = 8 },
        ],
        Payload = [new PayloadEntry { Name = "image", Type = "image", Required = true }],
        Response = [new PayloadEntry { Name = "answer", Type = "json" }],
    };

    /// <summary>The published sample of ASE's format, as this model holds it.</summary>
    public static ApiSchema ImageDetect { get; } = new()
    {
        Group = "gas",
        Region = "dx",
        Project = "guiderAllService",
        Service = "image-detect",
        Version = "1.0.0",
        Parameters =
        [
            new ApiParameter { Name = "vcn", Type = "string", Required = true, Description = "a word that xxx" },
            new ApiParameter { Name = "speed", Type = "integer", Format = "int32", Minimum = 50, Maximum = 200000, Description = "a speed that xxx" },
            new ApiParameter { Name = "isauto", Type = "boolean", Description = "boolean value" },
            new ApiParameter
            {
                Name = "someother",
                Type = "object",
                Required = true,
                Description = "a objcet key",
                Properties = [new ApiParameter { Name = "value1" }, new ApiParameter { Name = "value2", Required = true }],
            },
        ],
        Payload =
        [
            new PayloadEntry { Name = "audio1", Type = "audio", Compressions = ["raw"], Encodings = ["speex-wb"], Formats = ["plain"] },
            new PayloadEntry { Name = "text1", Type = "text", Compressions = ["raw"], Encodings = ["utf-8"], Formats = ["json"] },
            new PayloadEntry { Name = "image1", Type = "image", Compressions = ["raw"], Encodings = ["jpg"], Required = true },
        ],
        Response = [new PayloadEntry { Name = "audio2", Type = "audio", Encodings = ["speex-wb"] }],
    };
}
