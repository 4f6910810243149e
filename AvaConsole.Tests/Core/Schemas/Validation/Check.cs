using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.JsonSchema;

namespace AvaConsole.Tests.Core.Schemas.Validation;

/// <summary>Validates JSON given as text.</summary>
internal static class Check
{
    public static readonly JsonDocumentOptions Deep = new() { MaxDepth = 10_000 };

    public static JsonSchemaValidator Compile(string schema, JsonSchemaOptions? options = null)
    {
        using var document = JsonDocument.Parse(schema, Deep);
        var result = JsonSchemaValidator.Compile(document.RootElement, options);
        return result.IsSuccess ? result.Value : throw new InvalidOperationException(string.Join("; ", Problems(result.Error).Select(problem => $"{problem.Field} {problem.Code}")));
    }

    public static IReadOnlyList<Problem> Refuse(string schema, JsonSchemaOptions? options = null)
    {
        using var document = JsonDocument.Parse(schema, Deep);
        return Problems(JsonSchemaValidator.Compile(document.RootElement, options).Error!);
    }

    public static bool IsValid(string schema, string value, JsonSchemaOptions? options = null)
    {
        using var document = JsonDocument.Parse(value, Deep);
        return Compile(schema, options).Validate(document.RootElement).Count == 0;
    }

    public static List<(string Field, string Code)> Problems(string schema, string value)
    {
        using var document = JsonDocument.Parse(value, Deep);
        return [.. Compile(schema).Validate(document.RootElement).Select(problem => (problem.Field, problem.Code))];
    }

    private static IReadOnlyList<Problem> Problems(Error error) => ((InvalidError)error).Problems;
}
