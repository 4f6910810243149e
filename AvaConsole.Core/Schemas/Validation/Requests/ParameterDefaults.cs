using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Validation.Requests;

/// <summary>The values that parameters have where the caller gives none.</summary>
internal sealed class ParameterDefaults
{
    private readonly List<(string Name, JsonNode? Value, ParameterDefaults? Members)> _members = [];

    public ParameterDefaults(IReadOnlyList<ApiParameter> parameters)
    {
        foreach (var parameter in parameters.DistinctBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            var hasValue = ParameterText.TryParse(parameter.Type, parameter.Default, out var value) && parameter.Default.Length > 0;
            var members = parameter.Type == ParameterTypes.Object && parameter.Properties.Count > 0 ? new ParameterDefaults(parameter.Properties) : null;
            _members.Add((parameter.Name, hasValue ? value : null, members));
        }
    }

    public void AddTo(JsonObject target)
    {
        foreach (var (name, value, members) in _members)
        {
            if (target[name] is JsonObject part)
            {
                members?.AddTo(part);
            }
            else if (value is not null && !target.ContainsKey(name))
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
