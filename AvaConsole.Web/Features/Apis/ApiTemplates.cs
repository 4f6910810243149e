using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apis;

/// <summary>What a new API can start with.</summary>
public static class ApiTemplates
{
    /// <summary>What the classification pipeline's answer holds.</summary>
    public static PayloadEntry Confidences { get; } = new()
    {
        Name = "confidences",
        Type = PayloadTypes.Json,
        Required = true,
        Description = "Classes with their scores, best first.",
        Content = new ApiParameter
        {
            Type = ParameterTypes.Array,
            Items = new ApiParameter
            {
                Type = ParameterTypes.Object,
                Properties =
                [
                    new ApiParameter { Name = "index", Type = ParameterTypes.Integer, Required = true, Minimum = 0, Description = "Number of the class." },
                    new ApiParameter { Name = "class", Required = true, Description = "Name of the class." },
                    new ApiParameter { Name = "score", Type = ParameterTypes.Number, Required = true, Description = "Between 0 and 1 where the model gives probabilities." },
                ],
            },
        },
    };

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
        Response = [Confidences],
    };
}
