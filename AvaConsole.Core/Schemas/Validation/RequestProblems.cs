using System.Text.Json;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Validation;

/// <summary>Collects what is wrong with one request, up to a limit: a hostile request must not produce an answer larger than itself.</summary>
internal sealed class RequestProblems
{
    private const int MaxProblems = 100;
    private const int MaxShown = 64;

    private readonly List<Problem> _problems = [];

    public bool IsFull => _problems.Count >= MaxProblems;

    public void Add(string field, string code, params object?[] args)
    {
        if (!IsFull)
        {
            _problems.Add(new Problem(field, code, args));
        }
    }

    /// <summary>A member that the API does not name; with the nearest name that it does, where one is near.</summary>
    public void AddUnknown(string parent, string name, IReadOnlyCollection<string> known)
    {
        if (IsFull)
        {
            return;
        }

        if (NearestName.Find(name, known) is not { } nearest)
        {
            Add(PathOf(parent, name), "request.unknown_member", Shorten(name));
        }
        else
        {
            Add(PathOf(parent, name), "request.unknown_member_near", Shorten(name), nearest);
        }
    }

    public IReadOnlyList<Problem> ToList() => _problems;

    public static string PathOf(string parent, string name) => SchemaNames.IsMember(name)
        ? $"{parent}.{name}"
        : $"{parent}['{Shorten(name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']";

    public static string Shorten(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "…";

    /// <summary>The JSON name of a value's kind, as messages show it.</summary>
    public static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => ParameterTypes.Boolean,
        JsonValueKind.Null => "null",
        JsonValueKind.Number => ParameterTypes.Number,
        JsonValueKind.String => ParameterTypes.String,
        JsonValueKind.Array => ParameterTypes.Array,
        _ => ParameterTypes.Object,
    };
}
