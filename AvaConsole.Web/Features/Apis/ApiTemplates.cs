using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apis;

/// <summary>What a new API can start with.</summary>
public static class ApiTemplates
{
    /// <summary>One picture in, the most likely classes out: what the classification pipeline takes and gives.</summary>
    public static ApiSchema Classification { get; } = new()
    {
        Parameters =
        [
            new ApiParameter
            {
                Name = "top_k",
                Type = ParameterTypes.Integer,
                Description = "How many of the most likely classes to return.",
                Minimum = 1,
                Maximum = 100,
                Default = "5",
            },
        ],
        Payload = [new PayloadEntry { Name = "image", Type = PayloadTypes.Image, Required = true, Description = "The picture to classify." }],
        Response = [new PayloadEntry { Name = "result", Type = PayloadTypes.Json, Required = true, Formats = ["json"], Description = "Classes with their scores, best first." }],
    };
}
