using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>
/// ASE's <c>kind: ApiSchema</c> YAML. The format's published sample misspells <c>parameters</c>, <c>payload</c> and
/// <c>configFilename</c> in one place each; no published program reads the misspelled forms, so they are written right.
/// Tensor entries, which ASE does not have, add <c>dataType</c> and <c>shape</c>.
/// </summary>
public static class AseYaml
{
    public const string ApiVersion = "iflytek.com/v1alpha1";

    public static string Write(ApiSchema schema)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var yaml = new YamlText(new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 128)));
        yaml.Document(() =>
        {
            yaml.Text("apiVersion", ApiVersion);
            yaml.Text("kind", "ApiSchema");
            yaml.Mapping("metadata", () => WriteMetadata(yaml, schema));
            yaml.Mapping("spec", () =>
            {
                yaml.Mapping("request", () =>
                {
                    yaml.Mapping("parameters", () => WriteMembers(yaml, schema.Parameters));
                    yaml.Mapping("payload", () => WriteEntries(yaml, schema.Payload));
                });
                yaml.Mapping("response", () => yaml.Mapping("payload", () => WriteEntries(yaml, schema.Response)));
            });
        });
        return text.ToString();
    }

    private static void WriteMetadata(YamlText yaml, ApiSchema schema)
    {
        yaml.Text("name", schema.Service);
        yaml.Text("group", schema.Group);
        yaml.Text("region", schema.Region);
        yaml.Text("projectName", schema.Project);
        yaml.Text("serviceName", schema.Service);
        yaml.Text("version", schema.Version, quote: true);
        yaml.Text("configFilename", GatewaySchemaJson.FileName(schema));
        yaml.TextIfAny("description", schema.Description);
    }

    private static void WriteMembers(YamlText yaml, IReadOnlyList<ApiParameter> members)
    {
        yaml.Mapping("properties", () =>
        {
            foreach (var member in members)
            {
                yaml.Mapping(member.Name, () => WriteParameter(yaml, member));
            }
        });
        yaml.TextsIfAny("required", members.Where(member => member.Required).Select(member => member.Name));
    }

    private static void WriteParameter(YamlText yaml, ApiParameter parameter)
    {
        yaml.Text("type", parameter.Type);
        yaml.TextIfAny("format", parameter.Format);
        yaml.TextIfAny("description", parameter.Description);
        yaml.NumberIfAny("minimum", parameter.Minimum);
        yaml.NumberIfAny("maximum", parameter.Maximum);
        yaml.NumberIfAny("minLength", parameter.MinLength);
        yaml.NumberIfAny("maxLength", parameter.MaxLength);
        if (parameter.Enum.Count > 0)
        {
            yaml.Sequence("enum", parameter.Enum.Select(value => TypedScalar(parameter.Type, value)));
        }

        if (parameter.Default.Length > 0)
        {
            yaml.Scalar("default", TypedScalar(parameter.Type, parameter.Default));
        }

        if (parameter.Type == ParameterTypes.Object && parameter.Properties.Count > 0)
        {
            WriteMembers(yaml, parameter.Properties);
        }

        if (parameter is { Type: ParameterTypes.Array, Items: { } items })
        {
            yaml.Mapping("items", () => WriteParameter(yaml, items));
        }
    }

    private static void WriteEntries(YamlText yaml, IReadOnlyList<PayloadEntry> entries)
    {
        yaml.Mapping("properties", () =>
        {
            foreach (var entry in entries)
            {
                yaml.Mapping(entry.Name, () => WriteEntry(yaml, entry));
            }
        });
        yaml.TextsIfAny("required", entries.Where(entry => entry.Required).Select(entry => entry.Name));
    }

    private static void WriteEntry(YamlText yaml, PayloadEntry entry)
    {
        yaml.Text("type", entry.Type);
        yaml.TextIfAny("description", entry.Description);
        yaml.WordsIfAny("encoding", entry.Encodings);
        yaml.WordsIfAny("compress", entry.Compressions);
        yaml.WordsIfAny("format", entry.Formats);
        yaml.TextIfAny("dataType", entry.DataType);
        if (entry.Shape.Count > 0)
        {
            yaml.Sequence("shape", entry.Shape.Select(dimension => YamlText.Plain(dimension.ToString(CultureInfo.InvariantCulture))));
        }
    }

    /// <summary>A draft may hold a value that is not of its type; it is then shown as text, as it was typed.</summary>
    private static Scalar TypedScalar(string type, string text) =>
        type is ParameterTypes.Integer or ParameterTypes.Number or ParameterTypes.Boolean && ParameterText.TryParse(type, text, out var value)
            ? YamlText.Plain(value!.ToJsonString())
            : YamlText.String(text);
}
