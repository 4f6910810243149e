using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Naming;

/// <summary>
/// The tag of one of AVA's base images by its parts, written <c>py27-cuda80-cudnn6</c> or <c>py35-cpu</c>; an image without Python has <c>cpu</c> alone.
/// </summary>
/// <param name="Python">For example <c>2.7</c>; empty for none.</param>
/// <param name="Cuda">For example <c>8.0</c>; empty on the CPU.</param>
/// <param name="Cudnn">For example <c>6</c>; empty where the tag does not say it, and on the CPU.</param>
public sealed partial record ImageTag(string Python, string Cuda, string Cudnn)
{
    /// <summary>By Python, then CUDA, then cuDNN; the CPU first.</summary>
    public static IComparer<ImageTag> Order { get; } = Comparer<ImageTag>.Create(Compare);

    /// <summary><c>cpu</c> or <c>gpu</c>.</summary>
    public string Device => Cuda.Length == 0 ? ImageName.Cpu : ImageName.Gpu;

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageTag? tag)
    {
        var match = text is null ? Match.Empty : TagRegex().Match(text);
        tag = match.Success ? new ImageTag(Python(match.Groups["python"].Value), Cuda(match.Groups["cuda"].Value), match.Groups["cudnn"].Value) : null;
        return match.Success;

        // The first digit is Python's major version, and the last CUDA's minor one: py310 and cuda118.
        static string Python(string digits) => digits.Length == 0 ? "" : $"{digits[0]}.{digits[1..]}";
        static string Cuda(string digits) => digits.Length == 0 ? "" : $"{digits[..^1]}.{digits[^1]}";
    }

    /// <summary>The same for the CPU, with which a new image is built first.</summary>
    public ImageTag OnCpu() => this with { Cuda = "", Cudnn = "" };

    public override string ToString() => string.Join('-', Parts());

    private IEnumerable<string> Parts()
    {
        if (Python.Length > 0)
        {
            yield return "py" + Python.Replace(".", "", StringComparison.Ordinal);
        }

        if (Cuda.Length == 0)
        {
            yield return ImageName.Cpu;
            yield break;
        }

        yield return "cuda" + Cuda.Replace(".", "", StringComparison.Ordinal);
        if (Cudnn.Length > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"cudnn{Cudnn}");
        }
    }

    private static int Compare(ImageTag one, ImageTag other)
    {
        var byPython = NaturalOrder.Compare(one.Python, other.Python);
        var byCuda = byPython != 0 ? byPython : NaturalOrder.Compare(one.Cuda, other.Cuda);
        return byCuda != 0 ? byCuda : NaturalOrder.Compare(one.Cudnn, other.Cudnn);
    }

    [GeneratedRegex("""\A(py(?<python>[1-9][0-9]{1,2})-)?(cpu|cuda(?<cuda>[1-9][0-9]{1,2})(-cudnn(?<cudnn>[1-9][0-9]?))?)\z""", RegexOptions.CultureInvariant)]
    private static partial Regex TagRegex();
}
