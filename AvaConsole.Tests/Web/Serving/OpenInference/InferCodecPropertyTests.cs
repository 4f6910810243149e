using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AvaConsole.Inference.Tensors;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Web.Serving.OpenInference;

public sealed class InferCodecPropertyTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Json_AnyTensor_ComesBack() => Check.One(s_config, Prop.ForAll(Tensors(), tensor =>
    {
        var type = TensorTypes.NameOf(tensor.Type);

        var back = InferTexts.ReadTensor(type, $"[{string.Join(',', tensor.Shape)}]", InferTexts.Data(tensor));

        return AreSame(tensor, back);
    }));

    [Fact]
    public void Json_NestedAsItsShape_IsTheSameAsFlat() => Check.One(s_config, Prop.ForAll(Tensors(), tensor =>
    {
        var type = TensorTypes.NameOf(tensor.Type);
        var elements = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement[]>(InferTexts.Data(tensor))!;
        var rows = elements.Select(element => element.GetRawText()).Chunk((int)Math.Max(1, tensor.Shape[1])).Select(row => $"[ {string.Join(" , ", row)} ]").ToList();
        var nested = tensor.Count == 0 ? string.Join(',', Enumerable.Repeat("[]", (int)tensor.Shape[0])) : string.Join(",\n", rows);

        var back = InferTexts.ReadTensor(type, $"[{string.Join(',', tensor.Shape)}]", $"[{nested}]");

        return AreSame(tensor, back);
    }));

    [Fact]
    public void Binary_AnyTensor_ComesBack() => Check.One(s_config, Prop.ForAll(Tensors(), tensor =>
    {
        var (body, jsonLength) = InferTexts.Binary(tensor);

        using var request = InferTexts.Read(body, jsonLength).Value!;

        return AreSame(tensor, request.Inputs.Single());
    }));

    [Fact]
    public void Json_AnyDecimal_IsTheNearestNumber() => Check.One(s_config.WithMaxTest(3000), Prop.ForAll(Decimals(), text =>
    {
        var data = $"[{text}]";
        var (single, full, half) = (float.Parse(text, CultureInfo.InvariantCulture), double.Parse(text, CultureInfo.InvariantCulture), Half.Parse(text, CultureInfo.InvariantCulture));

        return SameOrRefused("FP32", data, float.IsFinite(single), MemoryMarshal.AsBytes<float>([single]).ToArray())
            && SameOrRefused("FP64", data, double.IsFinite(full), MemoryMarshal.AsBytes<double>([full]).ToArray())
            && SameOrRefused("FP16", data, Half.IsFinite(half), MemoryMarshal.AsBytes<Half>([half]).ToArray());
    }));

    private static bool SameOrRefused(string type, string data, bool isFinite, byte[] expected)
    {
        var read = InferTexts.Read(InferTexts.Request(type, "[1]", data));
        return isFinite
            ? read.IsSuccess && read.Value.Inputs.Single().Data.Span.SequenceEqual(expected)
            : !read.IsSuccess && InferTexts.CodeOf(read) == "oip.out_of_range";
    }

    private static bool AreSame(Tensor one, Tensor other) =>
        one.Type == other.Type
        && one.Shape.SequenceEqual(other.Shape)
        && one.Data.Span.SequenceEqual(other.Data.Span)
        && one.Texts.Select(text => Encoding.UTF8.GetString(text.Span)).SequenceEqual(other.Texts.Select(text => Encoding.UTF8.GetString(text.Span)));

    private static Arbitrary<Tensor> Tensors()
    {
        var tensors =
            from type in Gen.Elements(Enum.GetValues<TensorType>())
            from rows in Gen.Choose(0, 4)
            from columns in Gen.Choose(0, 5)
            from words in Gen.ArrayOf(Gen.Choose(int.MinValue, int.MaxValue), rows * columns * 2)
            from texts in Gen.ArrayOf(Gen.Elements("", "a", "déjà vu", "\"quoted\" \\ \n\u0001", "😀", "漢字/</script>", new string('x', 5000)), rows * columns)
            select Make(type, rows, columns, words, texts);
        return tensors.ToArbitrary();
    }

    private static Tensor Make(TensorType type, int rows, int columns, int[] words, string[] texts)
    {
        var tensor = new Tensor(TensorTypes.NameOf(type), type, [rows, columns]);
        if (type == TensorType.Bytes)
        {
            return tensor with { Texts = [.. texts.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))] };
        }

        var data = MemoryMarshal.AsBytes<int>(words).ToArray()[..(rows * columns * TensorTypes.SizeOf(type))];
        MakeFinite(type, data);
        return tensor with { Data = data };
    }

    /// <summary>Any bits but those of NaN and the infinities; a BOOL is 0 or 1.</summary>
    private static void MakeFinite(TensorType type, byte[] data)
    {
        var size = TensorTypes.SizeOf(type);
        for (var last = size - 1; last < data.Length; last += size)
        {
            data[last] = type switch
            {
                TensorType.Bool => (byte)(data[last] & 1),
                TensorType.Fp32 or TensorType.Fp64 or TensorType.Bf16 => (byte)(data[last] & 0xBF),
                TensorType.Fp16 => (byte)(data[last] & 0xEF),
                _ => data[last],
            };
        }
    }

    private static Arbitrary<string> Decimals()
    {
        var digits = from count in Gen.Choose(1, 25) from each in Gen.ArrayOf(Gen.Choose(0, 9), count) select string.Concat(each);
        var decimals =
            from sign in Gen.Elements("", "-")
            from whole in Gen.OneOf(Gen.Constant("0"), digits.Select(text => text.TrimStart('0') is { Length: > 0 } rest ? rest : "0"))
            from fraction in Gen.OneOf(Gen.Constant(""), digits.Select(text => "." + text))
            from exponent in Gen.OneOf(Gen.Constant(""), Gen.Choose(-50, 50).Select(power => $"e{power}"), Gen.Choose(-400, 400).Select(power => $"E{power:+0;-0}"))
            select sign + whole + fraction + exponent;

        // Halves of a float's, a half's and a double's last bit, and what lies next to them.
        var middles = Gen.Elements("16777217", "16777217.0000000000000001", "16777216.9999999999999999", "2049", "2049.00000000000000001", "9007199254740993", "1e-45", "7e-46", "65519.99", "65520", "3.4028235677973366e38", "2.980232238769531250001e-8", "5.9604644775390625e-8");
        return Gen.Frequency((9, decimals), (1, middles)).ToArbitrary();
    }
}
