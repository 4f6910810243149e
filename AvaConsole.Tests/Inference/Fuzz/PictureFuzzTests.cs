using AvaConsole.Core.Common;
using AvaConsole.Inference.Pictures;
using AvaConsole.Tests.Inference.Pictures;
using AvaConsole.Tests.Inference.Support;

namespace AvaConsole.Tests.Inference.Fuzz;

/// <summary>Damaged pictures are pixels of the right number or an error value; a crash of the native decoder would end this process.</summary>
public sealed class PictureFuzzTests
{
    private const int Rounds = 250;

    private static readonly PictureFormat s_wanted = new(16, 12, PictureColor.Rgb, PictureFit.Contain);

    public static TheoryData<string, byte[]> Pictures
    {
        get
        {
            var pictures = new TheoryData<string, byte[]>();
            foreach (var row in PictureDecoderTests.Formats)
            {
                pictures.Add((string)row[0], (byte[])row[1]);
            }

            pictures.Add("png", TestPictures.Rgba(20, 20, TestPictures.Red, 100));
            pictures.Add("png turned", TestPictures.WithOrientation(TestPictures.Grey(16, 16, (x, y) => (byte)(x * y)), 6));
            pictures.Add("bmp", TestPictures.Bmp(10, 10, 24, (x, y) => ((byte)x, (byte)y, 0)));
            return pictures;
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Decode_DamagedPicture_IsAnswered(string format, byte[] picture)
    {
        var mutations = new Mutations(20261121);
        for (var round = 0; round < Rounds; round++)
        {
            var decoded = Pixels.Decode("image", mutations.Of(picture), s_wanted);

            Assert.True(
                decoded.IsSuccess ? decoded.Value.Length == 16 * 12 * 3 : decoded.Error is InvalidError { Problems: [{ Code: var code }] } && code.StartsWith("picture.", StringComparison.Ordinal),
                $"{format}, round {round}: {decoded.Error}");
        }
    }
}
