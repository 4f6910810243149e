using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Core.Images.Recipes;

/// <summary>A recipe as JSON or YAML. The same recipe always gives the same bytes; what is empty is left out.</summary>
public static class RecipeDocument
{
    /// <summary>Members in the order in which they are written.</summary>
    internal static IReadOnlyList<string> Members { get; } =
        ["schemaVersion", "name", "base", "environment", "apt", "pip", "workingDirectory", "files", "labels", "user", "command", "rest"];

    public static string Json(ImageRecipe recipe) => DocumentText.Json(ToJson(recipe));

    public static string Yaml(ImageRecipe recipe) => DocumentText.Yaml(ToJson(recipe));

    /// <summary>
    /// Reads JSON or YAML. Members that a recipe does not have are refused with the nearest that it has: one that is misspelt would otherwise be lost. All
    /// problems at once; each problem's first value is its line.
    /// </summary>
    public static Result<ImageRecipe> Read(string text) => RecipeReader.Read(text);

    /// <summary>For example <c>workingDirectory</c>, as <c>rest</c> names it.</summary>
    internal static string NameOf(RecipePart part) => char.ToLowerInvariant(part.ToString()[0]) + part.ToString()[1..];

    private static JsonObject ToJson(ImageRecipe recipe)
    {
        var document = new JsonObject { ["schemaVersion"] = ImageRecipe.SchemaVersion };
        Add(document, "name", recipe.Name);
        Add(document, "base", recipe.Base);
        Add(document, "environment", recipe.Environment);
        Add(document, "apt", recipe.Apt.Select(package => Value(package.ToString())));
        Add(document, "pip", recipe.Pip.Select(package => Value(package.ToString())));
        Add(document, "workingDirectory", recipe.WorkingDirectory);
        Add(document, "files", recipe.Files.Select(ToJson));
        Add(document, "labels", recipe.Labels);
        Add(document, "user", recipe.User);
        Add(document, "command", recipe.Command.Select(Value));
        Add(document, "rest", recipe.Rest.Select(rest => (JsonNode)new JsonObject { ["after"] = NameOf(rest.After), ["text"] = rest.Text }));
        return document;
    }

    private static JsonNode ToJson(RecipeFile file) => file.Text is null
        ? new JsonObject { ["to"] = file.To, ["from"] = file.From }
        : new JsonObject { ["to"] = file.To, ["text"] = file.Text };

    private static JsonNode Value(string text) => JsonValue.Create(text);

    private static void Add(JsonObject document, string name, string value)
    {
        if (value.Length > 0)
        {
            document[name] = value;
        }
    }

    private static void Add(JsonObject document, string name, IReadOnlyDictionary<string, string> texts)
    {
        if (texts.Count > 0)
        {
            document[name] = new JsonObject(texts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }
    }

    private static void Add(JsonObject document, string name, IEnumerable<JsonNode> items)
    {
        var list = new JsonArray([.. items]);
        if (list.Count > 0)
        {
            document[name] = list;
        }
    }
}
