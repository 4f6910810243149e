using System.Globalization;
using System.Text;
using System.Text.Json;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Gateway;

/// <summary>Values as the gateway compares them: by their text.</summary>
internal static class GatewayText
{
    /// <summary>Null for objects and arrays.</summary>
    public static string? Of(in JsonView view, int row) => view.Rows[row].Kind switch
    {
        JsonKind.Null => "",
        JsonKind.True => "true",
        JsonKind.False => "false",
        JsonKind.Number => OfNumber(view.Raw(row)),
        JsonKind.String => ProblemTexts.Text(view, row),
        _ => null,
    };

    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => OfNumber(Encoding.ASCII.GetBytes(value.GetRawText())),
        JsonValueKind.String => value.GetString(),
        _ => null,
    };

    /// <summary>The row of an object's member; -1 for none.</summary>
    public static int Member(ref ValidationRun run, int row, NameTable name)
    {
        for (var at = row + 1; at < run.Rows[row].Next; at = run.Rows[at + 1].Next)
        {
            if (name.Find(ref run, at) >= 0)
            {
                return at + 1;
            }
        }

        return -1;
    }

    // Floats without trailing zeros: 3.0 is 3.
    private static string OfNumber(ReadOnlySpan<byte> text) => JsonNumber.Parse(text).TryGetSmall(out var whole)
        ? whole.ToString(CultureInfo.InvariantCulture)
        : double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
}

/// <summary><c>const</c>, and each member of <c>keyMatch</c>.</summary>
internal sealed class GatewayConstRule(JsonElement value) : InPlaceRule
{
    private readonly string? _text = GatewayText.Of(value);

    public override bool Evaluate(ref ValidationRun run, int row) =>
        (_text is not null && GatewayText.Of(run.View, row) == _text) || (run.IsCollecting && run.Fail(row, Keyword.Const, value.GetRawText()));
}

/// <summary><c>keyMatch</c>: a member is there and has this value.</summary>
internal sealed class KeyMatchRule(string name, JsonElement value) : InPlaceRule
{
    private readonly NameTable _name = new([name]);
    private readonly ValueSet _value = new(Keyword.Const, [value.GetRawText()]);

    public override bool Evaluate(ref ValidationRun run, int row)
    {
        if (run.Rows[row].Kind != JsonKind.Object)
        {
            return true;
        }

        var member = GatewayText.Member(ref run, row, _name);
        return member >= 0
            ? _value.Evaluate(ref run, member)
            : run.IsCollecting && run.FailWith(row, "/" + ProblemTexts.Escape(name), "validation.key_match", value.GetRawText());
    }
}

/// <summary><c>switch</c>, <c>case</c>, <c>default</c>.</summary>
internal sealed class SwitchRule(string member, IReadOnlyDictionary<string, SchemaNode> cases, SchemaNode? otherwise) : InPlaceRule
{
    private readonly NameTable _name = new([member]);

    public override bool Evaluate(ref ValidationRun run, int row)
    {
        var chosen = run.Rows[row].Kind == JsonKind.Object ? GatewayText.Member(ref run, row, _name) : -1;
        var text = chosen < 0 ? "" : GatewayText.Of(run.View, chosen);
        var next = run.Rows[row].Kind == JsonKind.Object && text is not null && cases.TryGetValue(text, out var found) ? found : otherwise;
        return next is null || next.Evaluate(ref run, row);
    }
}

/// <summary><c>required</c>: a constant, a default or a copied key is as good as the member itself.</summary>
internal sealed class GatewayRequiredRule(string name, IReadOnlyList<string> copiedFrom) : InPlaceRule
{
    private readonly NameTable _names = new([name, .. copiedFrom]);

    public override bool Evaluate(ref ValidationRun run, int row) =>
        run.Rows[row].Kind != JsonKind.Object
        || GatewayText.Member(ref run, row, _names) >= 0
        || (run.IsCollecting && run.FailMember(row, name, Keyword.Required, name));
}

/// <summary><c>error</c>: whoever comes here has failed.</summary>
internal sealed class StatedErrorRule(JsonElement text) : InPlaceRule
{
    public override bool Evaluate(ref ValidationRun run, int row) =>
        run.IsCollecting && run.FailWith(row, "", "validation.stated", text.ValueKind == JsonValueKind.String ? text.GetString() : text.GetRawText());
}

/// <summary><c>minB64DLen</c>, <c>maxB64DLen</c>: three bytes for every four characters, padding or not.</summary>
internal sealed class Base64LengthRule(long least, long most) : InPlaceRule
{
    public override bool Evaluate(ref ValidationRun run, int row)
    {
        if (run.Rows[row].Kind != JsonKind.String)
        {
            return true;
        }

        var length = run.Text(row).Length / 4 * 3L;
        if (length < least)
        {
            return run.IsCollecting && run.FailWith(row, "", "validation.min_bytes", length, least);
        }

        return length <= most || (run.IsCollecting && run.FailWith(row, "", "validation.max_bytes", length, most));
    }
}
