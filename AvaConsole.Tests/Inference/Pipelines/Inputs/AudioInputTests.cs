using AvaConsole.Inference.Tensors;

namespace AvaConsole.Tests.Inference.Pipelines.Inputs;

public sealed class AudioInputTests
{
    private static readonly double[] s_samples = [0, 0.5, -0.5, 0.25, -1, 0.75];

    [Theory]
    [InlineData(8, false, false, 0.01)]
    [InlineData(16, false, false, 1e-4)]
    [InlineData(24, false, false, 1e-6)]
    [InlineData(32, false, false, 1e-7)]
    [InlineData(32, true, false, 0)]
    [InlineData(64, true, false, 0)]
    [InlineData(16, false, true, 1e-4)]
    [InlineData(32, true, true, 0)]
    public void Prepare_EachCoding_GivesTheSamples(int bits, bool isFloat, bool extensible, double tolerance)
    {
        using var prepared = Stage.Create("input: {kind: audio}", Stage.Port(TensorType.Fp32, 1, -1)).Prepare(Wav.Write(16_000, 1, bits, isFloat, s_samples, extensible));

        Assert.Equal([1, 6], prepared.Tensors[0].Shape);
        Assert.All(prepared.Tensors[0].Numbers().Zip(s_samples), pair => Assert.InRange(pair.First - pair.Second, -tolerance, tolerance));
    }

    [Theory]
    [InlineData("mono", new[] { 0.25, -0.125, -0.125 })]
    [InlineData("first", new[] { 0, -0.5, -1 })]
    [InlineData("all", new[] { 0, -0.5, -1, 0.5, 0.25, 0.75 })]
    public void Prepare_TwoChannels_AreBroughtTogetherOrKept(string channels, double[] expected)
    {
        var all = channels == "all";
        var stage = Stage.Create($"input: {{kind: audio, channels: {channels}}}", all ? Stage.Port(TensorType.Fp32, 1, 2, -1) : Stage.Port(TensorType.Fp32, 1, -1));

        using var prepared = stage.Prepare(Wav.Write(8000, 2, 32, true, s_samples));

        Assert.Equal(all ? [1, 2, 3] : [1, 3], prepared.Tensors[0].Shape);
        Assert.Equal(expected, prepared.Tensors[0].Numbers());
    }

    [Fact]
    public void Prepare_FixedLength_IsPaddedOrCut()
    {
        var stage = Stage.Create("input: {kind: audio, scale: 2}", Stage.Port(TensorType.Fp32, 1, 1, 8));

        using var padded = stage.Prepare(Wav.Write(8000, 1, 32, true, s_samples));
        using var cut = stage.Prepare(Wav.Write(8000, 1, 32, true, [.. s_samples, .. s_samples]));

        Assert.Equal([1, 1, 8], padded.Tensors[0].Shape);
        Assert.Equal([0, 1, -1, 0.5, -2, 1.5, 0, 0], padded.Tensors[0].Numbers());
        Assert.Equal([0, 1, -1, 0.5, -2, 1.5, 0, 1], cut.Tensors[0].Numbers());
    }

    [Fact]
    public void Prepare_WholeNumbers_FillTheirRange()
    {
        using var prepared = Stage.Create("input: {kind: audio}", Stage.Port(TensorType.Int16, -1)).Prepare(Wav.Write(8000, 1, 32, true, s_samples));

        Assert.Equal([0, 16384, -16384, 8192, -32767, 24575], prepared.Tensors[0].Numbers());
    }

    [Theory]
    [InlineData(44_100, 16_000)]
    [InlineData(8000, 16_000)]
    [InlineData(48_000, 16_000)]
    [InlineData(22_050, 44_100)]
    [InlineData(16_001, 16_000)]
    public void Prepare_OtherRate_KeepsTheTone(int from, int to)
    {
        // 440 Hz for half a second.
        var wave = Enumerable.Range(0, from / 2).Select(index => 0.8 * Math.Sin(2 * Math.PI * 440 * index / from)).ToArray();
        var stage = Stage.Create($"input: {{rate: {to}}}", Stage.Port(TensorType.Fp32, 1, -1));

        using var prepared = stage.Prepare(Wav.Write(from, 1, 32, true, wave));

        var numbers = prepared.Tensors[0].Numbers();
        Assert.InRange(numbers.Length, (to / 2) - 1, (to / 2) + 1);
        Assert.All(Enumerable.Range(200, numbers.Length - 400), index => Assert.InRange(numbers[index] - (0.8 * Math.Sin(2 * Math.PI * 440 * index / to)), -0.01, 0.01));
    }

    [Fact]
    public void Prepare_LowerRate_TakesOutWhatItCannotHold()
    {
        // 7 kHz does not exist at 8,000 samples for each second; without a filter it would be heard as 1 kHz.
        var wave = Enumerable.Range(0, 24_000).Select(index => Math.Sin(2 * Math.PI * 7000 * index / 48_000)).ToArray();

        using var prepared = Stage.Create("input: {rate: 8000}", Stage.Port(TensorType.Fp32, 1, -1)).Prepare(Wav.Write(48_000, 1, 32, true, wave));

        Assert.All(prepared.Tensors[0].Numbers()[100..^100], number => Assert.InRange(number, -0.01, 0.01));
    }

    [Fact]
    public void Prepare_WhatIsNoSound_IsRefused()
    {
        var stage = Stage.Create("input: {kind: audio, max_seconds: 1}", Stage.Port(TensorType.Fp32, 1, -1));
        var sound = Wav.Write(8000, 1, 16, false, s_samples);
        var compressed = (byte[])sound.Clone();
        compressed[20] = 2;

        Assert.Equal("payload.audio_not_wav", stage.Refuse(("data", "ID3..........."u8.ToArray())).Code);
        Assert.Equal("payload.audio_coding", stage.Refuse(("data", compressed)).Code);
        Assert.Equal("payload.audio_coding", stage.Refuse(("data", sound[..40])).Code);
        Assert.Equal("payload.audio_truncated", stage.Refuse(("data", sound[..^4])).Code);
        Assert.Equal("payload.audio_too_long", stage.Refuse(("data", Wav.Write(1000, 1, 8, false, new double[1001]))).Code);
    }

    [Fact]
    public void Prepare_OtherNumberOfChannels_IsRefused() => Assert.Equal(
        "payload.audio_channels",
        Stage.Create("input: {kind: audio, channels: all}", Stage.Port(TensorType.Fp32, 1, 2, -1)).Refuse(("data", Wav.Write(8000, 1, 16, false, s_samples))).Code);
}
