using System.Globalization;
using System.Text.RegularExpressions;
using AvaConsole.Core.Images.Recipes;

namespace AvaConsole.Core.Images;

/// <summary>Python packages that are for the GPU or for the CPU alone, by their published names.</summary>
public static partial class DevicePackages
{
    /// <summary>The last version of TensorFlow whose plain package is for the CPU alone; since 1.15 one package is for both.</summary>
    private static readonly Version s_lastSplitTensorFlow = new(1, 14);

    /// <summary>For the GPU → the same for the CPU; empty where there is none of that name.</summary>
    private static readonly Dictionary<string, string> s_gpu = new(StringComparer.Ordinal)
    {
        ["onnxruntime-gpu"] = "onnxruntime",
        ["tensorflow-gpu"] = "tensorflow",
        ["tf-nightly-gpu"] = "tf-nightly",
        ["paddlepaddle-gpu"] = "paddlepaddle",
        ["faiss-gpu"] = "faiss-cpu",
        ["tensorrt"] = "",
        ["pycuda"] = "",
        ["dgl-gpu"] = "dgl",
        ["cntk-gpu"] = "cntk",
    };

    private static readonly HashSet<string> s_cpu = new(StringComparer.Ordinal) { "onnxruntime", "tensorflow-cpu", "intel-tensorflow", "faiss-cpu", "mxnet-mkl", "paddlepaddle" };

    public static bool IsForGpu(PipPackage package) =>
        s_gpu.ContainsKey(package.Key) || CudaSuffix().IsMatch(package.Key) || package.Version.Contains("+cu", StringComparison.Ordinal);

    public static bool IsForCpu(PipPackage package) => s_cpu.Contains(package.Key) || package.Version.EndsWith("+cpu", StringComparison.Ordinal) || IsSplitTensorFlow(package);

    /// <summary>The CUDA that the package is built for, for example <c>9.0</c> of <c>cupy-cuda90</c> and <c>11</c> of <c>cupy-cuda11x</c>; empty where its name does not say.</summary>
    public static string CudaOf(PipPackage package) => CudaSuffix().Match(package.Key) is { Success: true } match
        ? match.Groups["any"].Length > 0 ? match.Groups["digits"].Value : $"{match.Groups["digits"].Value[..^1]}.{match.Groups["digits"].Value[^1]}"
        : "";

    /// <summary>The same package for the GPU with the CUDA given; null where there is no one right answer.</summary>
    public static PipPackage? OnGpu(PipPackage package, string cuda) => package switch
    {
        { Key: "onnxruntime" } => package with { Name = "onnxruntime-gpu" },
        { Key: "paddlepaddle" } => package with { Name = "paddlepaddle-gpu" },
        { Key: "mxnet" or "mxnet-mkl" } => package with { Name = string.Create(CultureInfo.InvariantCulture, $"mxnet-cu{cuda.Replace(".", "", StringComparison.Ordinal)}") },
        _ when IsSplitTensorFlow(package) => package with { Name = "tensorflow-gpu" },
        _ => null,
    };

    private static bool IsSplitTensorFlow(PipPackage package) =>
        package.Key == "tensorflow" && Version.TryParse(package.Version, out var version) && new Version(version.Major, version.Minor) <= s_lastSplitTensorFlow;

    [GeneratedRegex("""-cu(da)?(?<digits>[0-9]{2,3})(?<any>x?)\z""", RegexOptions.CultureInvariant)]
    private static partial Regex CudaSuffix();
}
