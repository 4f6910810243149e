using AvaConsole.Inference.Trials;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Doctor;

/// <summary>What to do about a thing that is missing for models to run on a GPU.</summary>
internal static class GpuAdvice
{
    /// <param name="check">One that was not found.</param>
    public static string For(GpuCheck check) => CliTexts.Of(check.Name switch
    {
        GpuChecks.KernelDriver or GpuChecks.DriverStarts or GpuChecks.DriverVersion or "libcuda.so.1" => "GpuAdviceDriver",
        GpuChecks.Device => "GpuAdviceDevice",
        GpuChecks.Run => "GpuAdviceRun",
        "libcudnn.so" => "GpuAdviceCudnnName",
        "libcudnn.so.9" => "GpuAdviceCudnn",
        var name when name.StartsWith("libonnxruntime", StringComparison.Ordinal) => "GpuAdviceOwn",
        _ => "GpuAdviceCuda",
    });
}
