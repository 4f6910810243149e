using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AvaConsole.Tests.Support.OnnxModels;

/// <summary>The crafted models mean what they say, in the real runtime.</summary>
public sealed class TestModelsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Classifier_RedPictures_ScoresAreSoftmaxOfChannelMeans(int pictures)
    {
        using var session = Load(TestModels.Classifier());

        var scores = Run(session, RedPictures(pictures));

        AssertRed(scores, pictures);
    }

    [Fact]
    public void Classifier_AnySizeMoreClassesThanChannels_ExtraClassesArePenalised()
    {
        using var session = Load(TestModels.Classifier(channels: 1, size: null, classes: 2));

        var scores = Run(session, new DenseTensor<float>(new float[5 * 7], [1, 1, 5, 7]));

        var first = 1 / (1 + MathF.Exp(-1));
        Assert.Equal([first, 1 - first], scores, (expected, actual) => MathF.Abs(expected - actual) < 1e-6f);
        Assert.Equal([-1, 1, -1, -1], session.InputMetadata["image"].Dimensions);
        Assert.Equal(["N", "", "H", "W"], session.InputMetadata["image"].SymbolicDimensions);
    }

    [Fact]
    public void Slow_SomeTrips_AnswersAsTheClassifier()
    {
        using var session = Load(TestModels.Slow(trips: 100));

        var scores = Run(session, RedPictures(2));

        AssertRed(scores, 2);
    }

    [Fact]
    public async Task Slow_Endless_RunsUntilTerminated()
    {
        using var session = Load(TestModels.Slow(TestModels.Endless));
        using var options = new RunOptions();
        var run = Task.Run(() => session.Run([NamedOnnxValue.CreateFromTensor("image", RedPictures(1))], ["scores"], options));

        // The flag is read between two nodes; set before the run has begun, it ends it as well.
        options.Terminate = true;

        await Assert.ThrowsAsync<OnnxRuntimeException>(() => run.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void FixedBatchOfOne_TwoPictures_IsRefused()
    {
        using var session = Load(TestModels.FixedBatchOfOne());

        AssertRed(Run(session, RedPictures(1)), 1);
        Assert.Throws<OnnxRuntimeException>(() => Run(session, RedPictures(2)));
    }

    [Fact]
    public void UnknownOperator_Load_NamesTheOperator()
    {
        var exception = Assert.Throws<OnnxRuntimeException>(() => Load(TestModels.UnknownOperator()));

        Assert.Contains("NoSuchOp", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StringInput_Texts_ComeBack()
    {
        using var session = Load(TestModels.StringInput());

        using var results = session.Run([NamedOnnxValue.CreateFromTensor("text", new DenseTensor<string>(new[] { "a", "字" }, [2]))]);

        Assert.Equal(["a", "字"], results[0].AsEnumerable<string>());
    }

    [Fact]
    public void Truncated_Load_Throws() => Assert.Throws<OnnxRuntimeException>(() => Load(TestModels.Truncated()));

    [Fact]
    public void ExternalData_FileBesideTheModel_IsRead()
    {
        var folder = Directory.CreateTempSubdirectory("avaconsole-external-");
        try
        {
            var model = Path.Combine(folder.FullName, "model.onnx");
            File.WriteAllBytes(model, TestModels.ExternalData("weights.bin"));
            float[] weights = [1, 2, 3, 4];
            File.WriteAllBytes(Path.Combine(folder.FullName, "weights.bin"), [.. weights.SelectMany(BitConverter.GetBytes)]);

            using var session = new InferenceSession(model);
            using var results = session.Run([NamedOnnxValue.CreateFromTensor("values", new DenseTensor<float>(new float[4], [1, 4]))]);

            Assert.Equal(weights, results[0].AsEnumerable<float>());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static InferenceSession Load(byte[] model) => new(model);

    private static DenseTensor<float> RedPictures(int count)
    {
        var pictures = new DenseTensor<float>([count, 3, 8, 8]);
        for (var i = 0; i < count; i++)
            pictures.Buffer.Span.Slice(i * 3 * 64, 64).Fill(1);
        return pictures;
    }

    private static float[] Run(InferenceSession session, DenseTensor<float> pictures)
    {
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("image", pictures)]);
        return [.. results.Single(result => result.Name == "scores").AsEnumerable<float>()];
    }

    private static void AssertRed(float[] scores, int pictures)
    {
        var red = MathF.E / (MathF.E + 2);
        var other = 1 / (MathF.E + 2);
        var expected = Enumerable.Repeat<float[]>([red, other, other], pictures).SelectMany(one => one);
        Assert.Equal(expected, scores, (a, b) => MathF.Abs(a - b) < 1e-6f);
    }
}
