using System.Globalization;

namespace AvaConsole.Inference.Trials;

/// <summary>Finds out in a child process whether models can run on a GPU: a broken driver ends whoever asks it.</summary>
public static class CudaProbe
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>There is a driver that could be asked. Where there is none, nothing can go wrong and no child is needed.</summary>
    public static bool HasDriver() => File.Exists("/proc/driver/nvidia/version") || File.Exists("/dev/dxg");

    /// <param name="device">CUDA's number of it.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The child cannot be started.</exception>
    public static async Task<GpuReport> RunAsync(ChildProgram program, int device, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(program);
        var outcome = await ChildRun.RunAsync(program, [ChildVerbs.Mark, CudaProbeChild.Verb, device.ToString(CultureInfo.InvariantCulture)], s_limit, ct).ConfigureAwait(false);
        var lines = outcome.Output.Split('\n').Select(GpuProbeLine.Read).OfType<GpuProbeLine>().ToList();
        var checks = lines.Select(line => line.Check).OfType<GpuCheck>().ToList();
        return new GpuReport(
            checks.Exists(check => check is { Name: GpuChecks.Run, IsFound: true }) && outcome is { ExitCode: 0, TimedOut: false },
            checks,
            [.. lines.Select(line => line.Device).OfType<GpuDevice>()])
        {
            EndedBy = outcome.TimedOut ? "timeout" : outcome.ExitCode == 0 ? "" : ChildSelf.NameOfEnd(outcome.ExitCode),
        };
    }
}
