namespace AvaConsole.Core.Schemas;

/// <summary>Gives a parameter another type.</summary>
public static class ParameterRetyping
{
    /// <summary>
    /// What means nothing for the new type goes, so that no rule is left that nobody sees; values that are still values of it stay.
    /// An array gets an element.
    /// </summary>
    public static ApiParameter To(ApiParameter parameter, string type)
    {
        if (parameter.Type == type)
        {
            return parameter;
        }

        var changed = new ApiParameter
        {
            Name = parameter.Name,
            Title = parameter.Title,
            Type = type,
            Required = parameter.Required,
            Description = parameter.Description,
            Nullable = parameter.Nullable,
            Deprecated = parameter.Deprecated,
            Default = Kept(parameter.Default, type),
            Example = Kept(parameter.Example, type),
            Properties = type == ParameterTypes.Object ? parameter.Properties : [],
            Items = type == ParameterTypes.Array ? parameter.Items ?? new ApiParameter() : null,
        };
        var isScalar = type is ParameterTypes.String or ParameterTypes.Integer or ParameterTypes.Number;
        changed = changed with { Enum = isScalar && parameter.Enum.All(value => ParameterText.TryParse(type, value, out _)) ? parameter.Enum : [] };
        return type is ParameterTypes.Integer or ParameterTypes.Number ? Bounded(changed, parameter) : changed;
    }

    private static ApiParameter Bounded(ApiParameter changed, ApiParameter parameter)
    {
        var isWhole = changed.Type == ParameterTypes.Integer;
        decimal? Fitting(decimal? bound) => bound is null || !isWhole || ParameterText.IsInteger(bound.Value) ? bound : null;
        return changed with
        {
            Minimum = Fitting(parameter.Minimum),
            Maximum = Fitting(parameter.Maximum),
            ExclusiveMinimum = Fitting(parameter.ExclusiveMinimum),
            ExclusiveMaximum = Fitting(parameter.ExclusiveMaximum),
            MultipleOf = Fitting(parameter.MultipleOf),
        };
    }

    private static string Kept(string text, string type) => text.Length > 0 && ParameterText.TryParse(type, text, out _) ? text : "";
}
