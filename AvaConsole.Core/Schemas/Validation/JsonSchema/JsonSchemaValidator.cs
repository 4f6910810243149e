using System.Runtime.InteropServices;
using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>
/// Values against one JSON Schema, draft 2020-12 (schemas that name an older draft are read as it says, as far as its keywords differ).
/// Compiled once, used by any number of threads.
/// </summary>
public sealed class JsonSchemaValidator
{
    private readonly ValidationEngine _engine;

    private JsonSchemaValidator(ValidationEngine engine) => _engine = engine;

    /// <summary>An error of codes <c>json_schema.*</c> with all that is wrong with the schema; fields are places in it, such as <c>#/properties/a/minimum</c>.</summary>
    public static Result<JsonSchemaValidator> Compile(JsonElement schema, JsonSchemaOptions? options = null)
    {
        options ??= new JsonSchemaOptions();
        var compiled = new SchemaCompiler(options).Compile(schema.Clone());
        return compiled.IsSuccess
            ? new JsonSchemaValidator(new ValidationEngine(compiled.Value, JsonSchemaProblems.Instance, options.MaxDepth, options.MaxWork))
            : compiled.Error;
    }

    /// <summary>
    /// All that is wrong with a value, the first hundred: fields are JSON pointers (empty for the whole), codes <c>validation.*</c> end in the keyword.
    /// Empty: it is valid.
    /// </summary>
    public IReadOnlyList<Problem> Validate(JsonElement value) => _engine.Validate(JsonMarshal.GetRawUtf8Value(value));

    /// <summary>The same for a text that has not been parsed; one that is no JSON is a problem of its own.</summary>
    public IReadOnlyList<Problem> Validate(ReadOnlySpan<byte> utf8) => _engine.Validate(utf8);

    /// <summary>The same for a text that is validated more than once.</summary>
    public IReadOnlyList<Problem> Validate(ParsedJson value) => _engine.Validate(value);
}
