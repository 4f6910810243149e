using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>Runs a compiled schema, whatever dialect it was written in.</summary>
internal sealed class ValidationEngine(SchemaNode root, ProblemWriter writer, int maxDepth, long maxWork)
{
    public IReadOnlyList<Problem> Validate(ReadOnlySpan<byte> text)
    {
        var buffers = RunBuffers.Rent();
        try
        {
            var fault = JsonParser.Parse(text, buffers.Json, maxDepth, out var at);
            return fault == JsonFault.None ? Validate(root, buffers.Json.View(text), buffers) : [writer.Write(fault, text, at, maxDepth)];
        }
        finally
        {
            buffers.Return();
        }
    }

    public IReadOnlyList<Problem> Validate(ParsedJson value)
    {
        var buffers = RunBuffers.Rent();
        try
        {
            return Validate(root, value.View, buffers);
        }
        finally
        {
            buffers.Return();
        }
    }

    private Problem[] Validate(SchemaNode schema, JsonView view, RunBuffers buffers)
    {
        var run = new ValidationRun(view, buffers, writer, maxWork);
        if (schema.Evaluate(ref run, 0) && !run.IsAborted)
        {
            return [];
        }

        if (run.IsAborted)
        {
            return [.. run.Problems!];
        }

        var second = new ValidationRun(view, buffers, writer, maxWork) { IsCollecting = true };
        schema.Evaluate(ref second, 0);
        return second.Problems?.ToArray() ?? throw new InvalidOperationException("A value that does not fit gave no problem.");
    }
}
