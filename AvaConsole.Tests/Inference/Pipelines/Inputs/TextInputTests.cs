using System.Text;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Inference.Pipelines.Inputs;

public sealed class TextInputTests
{
    private const string Words = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\nhello\n,\nworld\n##s\n世\n界\ncafe\n";

    [Fact]
    public void Prepare_TextModel_GetsTheTextItself()
    {
        using var prepared = Stage.Create("{}", Stage.Port(TensorType.Bytes, -1, 1)).Prepare("grüß dich");

        Assert.Equal([1, 1], prepared.Tensors[0].Shape);
        Assert.Equal("grüß dich", Encoding.UTF8.GetString(Assert.Single(prepared.Tensors[0].Texts).Span));
    }

    [Theory]
    [InlineData("{tokenizer: bytes}", "aé", new double[] { 97, 195, 169, 0, 0 })]
    [InlineData("{tokenizer: bytes, pad: 256, truncate: start}", "abcdefg", new double[] { 99, 100, 101, 102, 103 })]
    [InlineData("{tokenizer: characters, pad: -1}", "a世😀", new double[] { 97, 19990, 128512, -1, -1 })]
    [InlineData("{tokenizer: bytes, lowercase: true}", "AbC", new double[] { 97, 98, 99, 0, 0 })]
    public void Prepare_NumbersWithoutVocabulary_ArePaddedAndCut(string input, string text, double[] expected)
    {
        using var prepared = Stage.Create($"input: {input}", Stage.Port(TensorType.Int32, -1, 5)).Prepare(text);

        Assert.Equal([1, 5], prepared.Tensors[0].Shape);
        Assert.Equal(expected, prepared.Tensors[0].Numbers());
    }

    [Theory]
    [InlineData("unaffable, worlds!", new double[] { 2, 4, 5, 6, 8, 9, 10, 1, 3, 0 })]
    [InlineData("HELLO Café", new double[] { 2, 7, 13, 3, 0, 0, 0, 0, 0, 0 })]
    [InlineData("世界 hello", new double[] { 2, 11, 12, 7, 3, 0, 0, 0, 0, 0 })]
    [InlineData("", new double[] { 2, 3, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData("hello hello hello hello hello hello hello hello hello", new double[] { 2, 7, 7, 7, 7, 7, 7, 7, 7, 3 })]
    public void Prepare_WordPieces_AreThoseOfTheVocabulary(string text, double[] expected)
    {
        using var folder = Folder();
        var stage = Stage.Create(
            "input: {tensor: ids, vocabulary: vocab.txt, length: 10, lowercase: true, mask_tensor: mask, types_tensor: types}",
            folder.FullPath,
            new ModelPort("ids", PortKind.Tensor, TensorType.Int64, [-1, -1]),
            new ModelPort("mask", PortKind.Tensor, TensorType.Int64, [-1, -1]),
            new ModelPort("types", PortKind.Tensor, TensorType.Int32, [-1, -1]));

        using var prepared = stage.Prepare(text);

        Assert.Equal(["ids", "mask", "types"], prepared.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(expected, prepared.Tensors[0].Numbers());
        var used = Array.FindLastIndex(expected, number => number != 0) + 1;
        Assert.Equal(Enumerable.Range(0, 10).Select(index => index < used ? 1.0 : 0), prepared.Tensors[1].Numbers());
        Assert.All(prepared.Tensors[2].Numbers(), number => Assert.Equal(0, number));
    }

    [Fact]
    public void Prepare_WordsOfAnOpenModel_AreAsManyAsThereAre()
    {
        using var folder = Folder();
        var stage = Stage.Create("input: {tokenizer: whitespace, vocabulary: vocab.txt}", folder.FullPath, Stage.Port(TensorType.Int64, 1, -1));

        using var prepared = stage.Prepare(" hello\tnobody\n world ");

        Assert.Equal([7, 1, 9], prepared.Tensors[0].Numbers());
    }

    [Fact]
    public void MakeSample_OpenLength_IsTheSameForEachSeed()
    {
        var stage = Stage.Create("input: {tokenizer: characters}", Stage.Port(TensorType.Int64, -1, -1));

        Assert.Equal(stage.MakeSample(0)[0].Shape, stage.MakeSample(1)[0].Shape);
        Assert.NotEqual(stage.MakeSample(0)[0].Numbers(), stage.MakeSample(1)[0].Numbers());
    }

    [Fact]
    public void Prepare_NotUtf8_SaysSo() =>
        Assert.Equal(("note", "payload.text_not_utf8"), Named(Stage.Create("{}", Stage.Port(TensorType.Bytes, 1)).Refuse(("note", [0xC3, 0x28]))));

    [Fact]
    public void Prepare_TwoMebibytes_IsRefused() =>
        Assert.Equal(("note", "payload.text_too_long"), Named(Stage.Create("{}", Stage.Port(TensorType.Bytes, 1)).Refuse(("note", new byte[2 << 20]))));

    [Theory]
    [InlineData("{vocabulary: none.txt}", "package.vocabulary_missing")]
    [InlineData("{tokenizer: none}", "package.input_not_text")]
    [InlineData("{vocabulary: vocab.txt, start: '<s>'}", "package.token_unknown")]
    [InlineData("{vocabulary: vocab.txt, length: 2}", "package.text_length")]
    [InlineData("{tokenizer: bytes, mask_tensor: nowhere}", "package.text_tensor")]
    public void Create_DescriptionThatDoesNotFit_SaysHow(string input, string code)
    {
        using var folder = Folder();

        var stage = Stage.TryCreate($"input: {input}", folder.FullPath, Stage.Port(TensorType.Int64, -1, -1));

        Assert.Equal(code, Assert.Single(Assert.IsType<AvaConsole.Core.Common.InvalidError>(stage.Error).Problems).Code);
    }

    private static (string, string) Named(AvaConsole.Core.Common.Problem problem) => (problem.Field, problem.Code);

    private static TemporaryDirectory Folder()
    {
        var folder = new TemporaryDirectory();
        File.WriteAllText(Path.Combine(folder.FullPath, "vocab.txt"), Words);
        return folder;
    }
}
