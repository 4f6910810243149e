using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility;
using AvaConsole.Core.Schemas.Compatibility.Rules;

namespace AvaConsole.Core.Schemas.Versions;

/// <summary>What a change does to those who call the version before.</summary>
public enum ChangeVerdict
{
    /// <summary>They go on as they are.</summary>
    Safe,

    /// <summary>The documents alone cannot say.</summary>
    Risky,

    /// <summary>Some of them break.</summary>
    Breaking,
}

/// <summary>What a change is about.</summary>
public enum ChangeGroup
{
    /// <summary>The endpoint as a whole.</summary>
    Endpoint,

    Request,

    Response,
}

/// <summary>One change between two versions, judged.</summary>
/// <param name="Change">Rule id, level and words.</param>
/// <param name="Place">Where in the request or response, for example <c>parameters.top_k</c>; empty for the whole.</param>
/// <param name="Example">A request that was valid before and is refused now, because of this change; null where there is none to show.</param>
public sealed record SemanticChange(ApiChange Change, ChangeVerdict Verdict, ChangeGroup Group, string Place, JsonObject? Example)
{
    /// <summary>For what no rule of the table is about: the example alone shows it.</summary>
    private static readonly CompatibilityRule s_narrowed = new(
        "request-values-refused", ChangeLevel.Err, "request", "Schema", "The request property {0} refuses values that it took before.", "请求属性 {0} 拒绝了以前接受的值。");

    /// <summary>The media type that a rule names last. There is only one here, so that it would only be in the way.</summary>
    private const int MediaType = 3;

    /// <summary>The change in one sentence, in English or in Chinese.</summary>
    public string Sentence(bool chinese) => Rule is { } rule
        ? RuleSentence.Of(rule, [.. Change.Args.Select((value, index) => index == MediaType ? "" : value)], chinese)
        : Change.Text;

    internal static SemanticChange Narrowed(ChangePlace place, JsonObject example)
    {
        string[] values = [string.Join('/', place.Path)];
        var change = new ApiChange(s_narrowed.Id, s_narrowed.Level, "", "", "", values) { Direction = s_narrowed.Direction, Text = RuleSentence.Of(s_narrowed, values) };
        return new SemanticChange(change, ChangeVerdict.Breaking, ChangeGroup.Request, place.ToString(), example);
    }

    private CompatibilityRule? Rule => Change.Id == s_narrowed.Id ? s_narrowed : RuleTable.Find(Change.Id);
}
