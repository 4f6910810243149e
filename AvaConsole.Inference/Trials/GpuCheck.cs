using System.Text.Json;
using System.Text.Json.Serialization;

namespace AvaConsole.Inference.Trials;

/// <summary>One thing that models need to run on a GPU.</summary>
/// <param name="Name">A file's name, or one of <see cref="GpuChecks"/>.</param>
/// <param name="IsFound">It is there and works.</param>
/// <param name="Detail">Where it was found or which version it is; where it was not, what the system said. English, for terminals and tickets.</param>
public sealed record GpuCheck(string Name, bool IsFound, string Detail);

/// <summary>A CUDA device.</summary>
/// <param name="Index">As CUDA counts them, from 0.</param>
/// <param name="MemoryMegabytes">All of it.</param>
/// <param name="ComputeCapability">For example <c>9.0</c>.</param>
public sealed record GpuDevice(int Index, string Name, long MemoryMegabytes, string ComputeCapability);

/// <summary>What a machine has for running models on a GPU.</summary>
/// <param name="IsUsable">A model ran on it.</param>
/// <param name="Checks">In the order in which one needs the other.</param>
public sealed record GpuReport(bool IsUsable, IReadOnlyList<GpuCheck> Checks, IReadOnlyList<GpuDevice> Devices)
{
    /// <summary>How the probe ended, where it did not end by itself: <c>SIGSEGV</c>, or <c>timeout</c>; empty otherwise.</summary>
    public string EndedBy { get; init; } = "";
}

/// <summary>Names of checks that are no files.</summary>
public static class GpuChecks
{
    /// <summary>The kernel's part of the driver.</summary>
    public const string KernelDriver = "nvidia kernel driver";

    /// <summary><c>cuInit</c> of the driver's library.</summary>
    public const string DriverStarts = "driver starts";

    /// <summary>The driver takes CUDA 13.</summary>
    public const string DriverVersion = "driver supports CUDA 13";

    /// <summary>At least one CUDA device.</summary>
    public const string Device = "CUDA device";

    /// <summary>A model of one node, run with no way back to the CPU.</summary>
    public const string Run = "model runs on CUDA";
}

/// <summary>One line of the probe's output: either is null.</summary>
internal sealed record GpuProbeLine(
    [property: JsonPropertyName("check")] GpuCheck? Check, [property: JsonPropertyName("device")] GpuDevice? Device)
{
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Null for what is no such line.</summary>
    public static GpuProbeLine? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<GpuProbeLine>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
