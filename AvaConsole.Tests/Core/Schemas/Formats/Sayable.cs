using AvaConsole.Core.Schemas;

namespace AvaConsole.Tests.Core.Schemas.Formats;

/// <summary>Documents without the rules that the gateway does not have.</summary>
internal static class Sayable
{
    public static ApiSchema At(ApiSchema schema) => schema with { Parameters = [.. schema.Parameters.Select(At)] };

    private static ApiParameter At(ApiParameter parameter) => parameter with
    {
        UniqueItems = false,
        ExclusiveMinimum = parameter.Type == ParameterTypes.Integer ? parameter.ExclusiveMinimum : null,
        ExclusiveMaximum = parameter.Type == ParameterTypes.Integer ? parameter.ExclusiveMaximum : null,
        Properties = [.. parameter.Properties.Select(At)],
        Items = parameter.Items is null ? null : At(parameter.Items),
    };
}
