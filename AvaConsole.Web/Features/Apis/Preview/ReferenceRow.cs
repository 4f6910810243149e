using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apis.Preview;

/// <summary>A parameter or a member of one, as a table names it.</summary>
/// <param name="Path"><c>options.size</c>, <c>faces[].box</c>.</param>
public sealed record ReferenceRow(string Path, int Level, ApiParameter Parameter)
{
    public string Type => TypeOf(Parameter);

    public static IEnumerable<ReferenceRow> Flatten(IReadOnlyList<ApiParameter> parameters, string parent = "", int level = 0) =>
        parameters.SelectMany(parameter => Flatten(parameter, parent + parameter.Name, level));

    private static IEnumerable<ReferenceRow> Flatten(ApiParameter parameter, string path, int level)
    {
        yield return new ReferenceRow(path, level, parameter);
        var element = parameter;
        while (element is { Type: ParameterTypes.Array, Items: { } items })
        {
            (element, path) = (items, path + "[]");
        }

        foreach (var member in element.Type == ParameterTypes.Object ? Flatten(element.Properties, path + ".", level + 1) : [])
        {
            yield return member;
        }
    }

    private static string TypeOf(ApiParameter parameter) =>
        parameter is { Type: ParameterTypes.Array, Items: { } items } ? TypeOf(items) + "[]" : parameter.Type;
}
