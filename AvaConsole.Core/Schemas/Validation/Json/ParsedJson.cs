using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation;

/// <summary>A JSON text, parsed once for any number of validations, by any number of threads.</summary>
public sealed class ParsedJson
{
    private readonly ReadOnlyMemory<byte> _text;
    private readonly JsonBuffer _buffer;

    private ParsedJson(ReadOnlyMemory<byte> text, JsonBuffer buffer) => (_text, _buffer) = (text, buffer);

    internal JsonView View => _buffer.View(_text.Span);

    /// <summary>An error of code <c>validation.not_json</c> with line and column where the text is no JSON.</summary>
    /// <param name="text">UTF-8; not to be changed afterwards.</param>
    /// <param name="maxDepth">Objects and arrays within one another.</param>
    public static Result<ParsedJson> Parse(ReadOnlyMemory<byte> text, int maxDepth = 512)
    {
        var buffer = new JsonBuffer();
        var fault = JsonParser.Parse(text.Span, buffer, maxDepth, out var at);
        return fault == JsonFault.None ? new ParsedJson(text, buffer) : new InvalidError([JsonFaults.Describe(fault, text.Span, at, maxDepth)]);
    }
}
