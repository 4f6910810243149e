using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AvaConsole.Inference.Pictures;

namespace AvaConsole.Inference.Packages;

/// <summary>What a member may be: reads and checks it, and says the same as JSON Schema.</summary>
internal abstract class ServiceMemberType
{
    /// <returns>The property's value; null where it cannot be used, which is reported.</returns>
    public abstract object? Read(ServiceNode node, string path, ServiceReader reader);

    /// <param name="definitions">Named parts that the schema refers to as <c>#/$defs/…</c>; what is missing is added.</param>
    public abstract JsonObject ToSchema(JsonObject definitions);
}

/// <summary>A member of one value.</summary>
internal abstract class ServiceScalar : ServiceMemberType
{
    public sealed override object? Read(ServiceNode node, string path, ServiceReader reader)
    {
        // [28] for 28 was accepted once.
        if ((node.Text ?? (node.Items is [{ Text: { } only }] ? only : null)) is { } text)
        {
            return Parse(text, node, path, reader);
        }

        reader.Report(node, path, "package.service_field_not_value");
        return null;
    }

    protected abstract object? Parse(string text, ServiceNode node, string path, ServiceReader reader);
}

internal sealed class ServiceText : ServiceScalar
{
    public const int MaxLength = 500;

    public override JsonObject ToSchema(JsonObject definitions) => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = MaxLength };

    protected override object? Parse(string text, ServiceNode node, string path, ServiceReader reader)
    {
        if (text.Length is > 0 and <= MaxLength)
        {
            return text;
        }

        reader.Report(node, path, "package.service_field_length", text.Length, MaxLength);
        return null;
    }
}

internal sealed class ServiceFile : ServiceScalar
{
    public override JsonObject ToSchema(JsonObject definitions) =>
        new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 255, ["pattern"] = @"^(?!\.{1,2}$)[^/\\]+$" };

    protected override object? Parse(string text, ServiceNode node, string path, ServiceReader reader)
    {
        if (text is not ("" or "." or "..") && text.Length <= 255 && text.IndexOfAny(['/', '\\', '\0']) < 0)
        {
            return text;
        }

        reader.Report(node, path, "package.service_field_file", EntryName.Show(text));
        return null;
    }
}

/// <summary>The members of an enumeration: <c>EndToEnd</c> is written <c>end_to_end</c>.</summary>
internal sealed class ServiceChoice(Type type) : ServiceScalar
{
    private readonly string[] _names = Enum.GetNames(type).Select(ServiceMember.Write).ToArray();

    public override JsonObject ToSchema(JsonObject definitions) => new() { ["enum"] = new JsonArray(_names.Select(name => (JsonNode)name).ToArray()) };

    protected override object? Parse(string text, ServiceNode node, string path, ServiceReader reader)
    {
        if (Array.IndexOf(_names, text) is var index and >= 0)
        {
            return Enum.GetValues(type).GetValue(index);
        }

        reader.Report(node, path, "package.service_field_choice", EntryName.Show(text), string.Join(", ", _names));
        return null;
    }
}

internal sealed class ServiceBoolean : ServiceScalar
{
    public override JsonObject ToSchema(JsonObject definitions) => new() { ["type"] = "boolean" };

    protected override object? Parse(string text, ServiceNode node, string path, ServiceReader reader)
    {
        if (text is "true" or "false")
        {
            return text == "true";
        }

        reader.Report(node, path, "package.service_field_choice", EntryName.Show(text), "true, false");
        return null;
    }
}

internal sealed class ServiceWhole(bool isLong, double minimum, double maximum) : ServiceScalar
{
    private readonly long _minimum = double.IsInfinity(minimum) ? (isLong ? long.MinValue : int.MinValue) : (long)minimum;
    private readonly long _maximum = double.IsInfinity(maximum) ? (isLong ? long.MaxValue : int.MaxValue) : (long)maximum;

    public override JsonObject ToSchema(JsonObject definitions) => new() { ["type"] = "integer", ["minimum"] = _minimum, ["maximum"] = _maximum };

    protected override object? Parse(string text, ServiceNode node, string path, ServiceReader reader)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= _minimum && value <= _maximum)
        {
            return isLong ? value : (object)(int)value;
        }

        reader.Report(node, path, "package.service_field_range", EntryName.Show(text), _minimum, _maximum);
        return null;
    }
}

internal sealed class ServiceNumber(ServiceMemberAttribute member) : ServiceScalar
{
    public override JsonObject ToSchema(JsonObject definitions)
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (double.IsFinite(member.Minimum))
        {
            schema["minimum"] = member.Minimum;
        }

        if (double.IsFinite(member.Maximum))
        {
            schema["maximum"] = member.Maximum;
        }

        if (member.NotZero)
        {
            schema["not"] = new JsonObject { ["const"] = 0 };
        }

        return member.MayBeNaN ? new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["const"] = ".nan" }) } : schema;
    }

    protected override object? Parse(string text, ServiceNode node, string path, ServiceReader reader)
    {
        if (member.MayBeNaN && text is ".nan" or ".NaN" or ".NAN")
        {
            return float.NaN;
        }

        if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !float.IsFinite(value) || (value == 0 && member.NotZero))
        {
            reader.Report(node, path, member.NotZero ? "package.service_field_not_zero" : "package.service_field_number", EntryName.Show(text));
            return null;
        }

        if (value >= member.Minimum && value <= member.Maximum)
        {
            return value;
        }

        reader.Report(node, path, "package.service_field_between", EntryName.Show(text), member.Minimum, member.Maximum);
        return null;
    }
}

/// <summary>A colour: <c>white</c>, <c>black</c>, <c>grey</c>, <c>#rrggbb</c>, one number for all three parts, or a list of three.</summary>
internal sealed partial class ServiceColor : ServiceMemberType
{
    public override JsonObject ToSchema(JsonObject definitions)
    {
        definitions["color"] ??= new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = new JsonArray("white", "black", "grey") },
                new JsonObject { ["type"] = "string", ["pattern"] = "^#[0-9a-fA-F]{6}$" },
                Part(),
                new JsonObject { ["type"] = "array", ["items"] = Part(), ["minItems"] = 3, ["maxItems"] = 3 }),
        };
        return new() { ["$ref"] = "#/$defs/color" };
    }

    public override object? Read(ServiceNode node, string path, ServiceReader reader)
    {
        var found = node switch
        {
            { Text: "white" } => Rgb.White,
            { Text: "black" } => Rgb.Black,
            { Text: "grey" } => new Rgb(128, 128, 128),
            { Text: { } text } when Hexadecimal().IsMatch(text) => new Rgb(Hex(text, 1), Hex(text, 3), Hex(text, 5)),
            { Text: { } text } when byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var all) => new Rgb(all, all, all),
            { Items: [{ Text: { } r }, { Text: { } g }, { Text: { } b }] } => FromParts(r, g, b),
            _ => (Rgb?)null,
        };
        if (found is null)
        {
            reader.Report(node, path, "package.service_field_color", ServiceReader.Show(node));
        }

        return found;
    }

    private static Rgb? FromParts(string r, string g, string b) =>
        byte.TryParse(r, NumberStyles.None, CultureInfo.InvariantCulture, out var red)
        && byte.TryParse(g, NumberStyles.None, CultureInfo.InvariantCulture, out var green)
        && byte.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out var blue)
            ? new Rgb(red, green, blue)
            : null;

    private static JsonObject Part() => new() { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 255 };

    private static byte Hex(string text, int start) => byte.Parse(text.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Hexadecimal();
}

/// <summary>One certain word, which is checked where it chooses.</summary>
internal sealed class ServiceConstant(string word) : ServiceScalar
{
    public override JsonObject ToSchema(JsonObject definitions) => new() { ["const"] = word };

    protected override object? Parse(string text, ServiceNode node, string path, ServiceReader reader) => text;
}
