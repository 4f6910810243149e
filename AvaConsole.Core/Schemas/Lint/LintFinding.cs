using System.Text.Json.Serialization;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>What a lint rule's finding does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LintSeverity>))]
public enum LintSeverity
{
    /// <summary>The rule does not run.</summary>
    Off,

    /// <summary>Shown; nothing is refused.</summary>
    Warn,

    /// <summary>The document cannot become a version.</summary>
    Error,
}

/// <summary>One thing that a rule found in a document.</summary>
/// <param name="Rule">Rule id, for example <c>schema.minimum_above_maximum</c>; also the code of its text.</param>
/// <param name="Field">Path in the model, for example <c>Parameters[2].Minimum</c>.</param>
/// <param name="Pointer">JSON pointer into the model's JSON (<see cref="ApiSchemaJson"/>), for example <c>/parameters/2/minimum</c>.</param>
/// <param name="Fixed">The document with this finding mended; null where there is no one right way to mend it.</param>
public sealed record LintFinding(string Rule, LintSeverity Severity, string Field, string Pointer, IReadOnlyList<object?> Args, Func<ApiSchema, ApiSchema>? Fixed);
