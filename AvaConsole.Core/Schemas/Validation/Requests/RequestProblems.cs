using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Requests;

/// <summary>Problems of requests: JSON paths such as <c>$.parameters.top_k</c>, codes <c>request.*</c>.</summary>
/// <param name="root">What the document's own path is.</param>
internal sealed class RequestProblems(string root) : ProblemWriter
{
    private const int MaxShown = 64;

    public static readonly RequestProblems Whole = new("$");

    public override Problem Write(in JsonView view, in Failure failure)
    {
        var path = PathOf(view, failure.Row);
        var args = failure.Args;
        return failure.Keyword switch
        {
            Keyword.Check => new Problem(path + failure.Member, (string)args[0]!, args[1..]),
            Keyword.Type => new Problem(path, "request.wrong_type", args[0], KindOf(view, failure)),
            Keyword.AdditionalProperties => Unknown(path, failure.Member!, (IReadOnlyList<string>)args[0]!),
            Keyword.Required => new Problem(PathOf(path, failure.Member!), "request.required", args),
            Keyword.TooDeep => new Problem(path, "request.too_deep", CompiledSchema.MaxDepth),
            _ => new Problem(path, "request." + CodeOf(failure.Keyword), args),
        };
    }

    public static string PathOf(string parent, string name) => SchemaNames.IsMember(name)
        ? $"{parent}.{name}"
        : $"{parent}['{Shorten(name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']";

    public override Problem Write(JsonFault fault, ReadOnlySpan<byte> text, int at, int maxDepth) => fault switch
    {
        JsonFault.TooDeep => new Problem(root, "request.too_deep", CompiledSchema.MaxDepth),
        JsonFault.NotUtf8 => new Problem(root, "request.not_utf8"),
        _ => new Problem(root, "request.not_json", JsonFaults.Describe(fault, text, at, maxDepth).Args),
    };

    private static string Shorten(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "…";

    private static Problem Unknown(string parent, string name, IReadOnlyList<string> known) => NearestName.Find(name, known) is { } nearest
        ? new Problem(PathOf(parent, name), "request.unknown_member_near", Shorten(name), nearest)
        : new Problem(PathOf(parent, name), "request.unknown_member", Shorten(name));

    // A number that should be an integer is told by its value: that it is a number is no news.
    private static string KindOf(in JsonView view, in Failure failure) => (JsonKind)failure.Args[1]! == JsonKind.Number && (string)failure.Args[0]! == ParameterTypes.Integer
        ? Shorten(Encoding.ASCII.GetString(view.Raw(failure.Row)))
        : ProblemTexts.Kind((JsonKind)failure.Args[1]!);

    private static string CodeOf(Keyword keyword) => keyword switch
    {
        Keyword.Enum => "not_in_enum",
        Keyword.Minimum => "below_minimum",
        Keyword.Maximum => "above_maximum",
        Keyword.ExclusiveMinimum => "not_above",
        Keyword.ExclusiveMaximum => "not_below",
        Keyword.NumberTooLarge => "number_too_large",
        Keyword.MultipleOf => "not_multiple",
        Keyword.MinLength => "too_short",
        Keyword.MaxLength => "too_long",
        Keyword.Pattern => "pattern",
        Keyword.PatternTooSlow => "pattern_too_slow",
        Keyword.MinItems => "too_few_items",
        Keyword.MaxItems => "too_many_items",
        Keyword.UniqueItems => "not_unique",
        _ => "too_expensive",
    };

    private string PathOf(in JsonView view, int row)
    {
        var path = root;
        for (var at = 0; at != row;)
        {
            at = ProblemTexts.Step(view, at, row, out var name, out var index);
            path = name < 0 ? $"{path}[{index}]" : PathOf(path, ProblemTexts.Text(view, name));
        }

        return path;
    }
}
