using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>The answer that a valid request gets, in the console's own form. The same API always gives the same answer.</summary>
public static class ResponseExample
{
    public static JsonObject Create(ApiSchema schema) => Make(schema).Document;

    /// <summary>With what could not be made.</summary>
    public static ApiExample Make(ApiSchema schema)
    {
        var (values, document) = (new SampleValues(), new JsonObject());
        values.TryMembers(ResponseEnvelope.Members(schema), "", 1, 0, document);
        return new ApiExample(document, values.Notes);
    }

    /// <summary>What is wrong with an answer; nothing for one that was made here and is complete.</summary>
    public static IReadOnlyList<Problem> Check(ApiSchema schema, JsonObject answer) => CompiledSchema
        .Compile(new ApiSchema { Parameters = ResponseEnvelope.Members(schema) })
        .ValidateParameters(JsonSerializer.SerializeToElement(answer), "$");
}
