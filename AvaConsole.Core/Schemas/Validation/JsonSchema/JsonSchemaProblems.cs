using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>Problems with JSON pointers, named by JSON Schema's keywords.</summary>
/// <param name="countsBytes">Lengths of strings are bytes.</param>
internal sealed class JsonSchemaProblems(bool countsBytes) : ProblemWriter
{
    public static readonly JsonSchemaProblems Instance = new(countsBytes: false);

    /// <summary>For the gateway's dialect.</summary>
    public static readonly JsonSchemaProblems OfGateway = new(countsBytes: true);

    public override Problem Write(in JsonView view, in Failure failure)
    {
        var pointer = ProblemTexts.Pointer(view, failure.Row);
        switch (failure.Keyword)
        {
            case Keyword.AdditionalProperties:
                return Unknown(pointer, failure);
            case Keyword.Check:
                return new Problem(pointer + failure.Member, (string)failure.Args[0]!, failure.Args[1..]);
            case Keyword.MinLength when countsBytes:
                return new Problem(pointer, "validation.min_bytes", failure.Args);
            case Keyword.MaxLength when countsBytes:
                return new Problem(pointer, "validation.max_bytes", failure.Args);
        }

        var args = failure.Keyword == Keyword.Type ? [failure.Args[0], KindOf(view, failure)] : failure.Args;
        return new Problem(pointer, "validation." + CodeOf(failure.Keyword), args);
    }

    private static Problem Unknown(string parent, in Failure failure)
    {
        var name = failure.Member!;
        var shown = ProblemTexts.Name(System.Text.Encoding.UTF8.GetBytes(name));
        var pointer = $"{parent}/{ProblemTexts.Escape(name)}";
        return NearestName.Find(name, (IReadOnlyList<string>)failure.Args[0]!) is { } nearest && nearest != name
            ? new Problem(pointer, "validation.additionalPropertiesNear", shown, nearest)
            : new Problem(pointer, "validation.additionalProperties", shown);
    }

    // A number that should be an integer is told by its value: that it is a number is no news.
    private static string KindOf(in JsonView view, in Failure failure) => (JsonKind)failure.Args[1]! is JsonKind.Number && ((string)failure.Args[0]!).Contains("integer", StringComparison.Ordinal)
        ? JsonText.Shorten(view.Raw(failure.Row))
        : ProblemTexts.Kind((JsonKind)failure.Args[1]!);

    private static string CodeOf(Keyword keyword) => keyword switch
    {
        Keyword.False => "false",
        Keyword.OneOfSeveral => "oneOfSeveral",
        Keyword.TooDeep => "too_nested",
        Keyword.TooExpensive => "too_expensive",
        Keyword.PatternTooSlow => "pattern_too_slow",
        _ => char.ToLowerInvariant(keyword.ToString()[0]) + keyword.ToString()[1..],
    };
}
