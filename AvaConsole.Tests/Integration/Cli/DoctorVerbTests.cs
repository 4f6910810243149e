namespace AvaConsole.Tests.Integration.Cli;

public sealed class DoctorVerbTests(AsectlFiles files) : IClassFixture<AsectlFiles>
{
    [Fact]
    public async Task Gpu_Json_ListsEveryPartAndAgreesWithItsExitCode()
    {
        var run = await AsectlProcess.RunAsync(files.FullPath, "doctor", "gpu", "--format", "json");

        Assert.Equal("", run.Errors);
        Assert.Equal(run.Json.GetProperty("usable").GetBoolean() ? 0 : 1, run.ExitCode);
        var checks = run.Json.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!);
        Assert.Superset(
            new HashSet<string> { "nvidia kernel driver", "libcuda.so.1", "libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10", "libcudnn.so.9", "libonnxruntime_providers_cuda.so", "model runs on CUDA" },
            checks.Keys.ToHashSet());
        Assert.True(checks["libonnxruntime_providers_cuda.so"].GetProperty("found").GetBoolean());
        Assert.All(checks.Values, check => Assert.NotEqual("", check.GetProperty("detail").GetString()));
    }

    /// <summary>Only where the machine has none: with an empty library path alone a driver cannot be hidden.</summary>
    [Fact]
    public async Task Gpu_MachineWithoutDriver_SaysWhatToInstall()
    {
        if (File.Exists("/proc/driver/nvidia/version"))
        {
            return;
        }

        var english = await AsectlProcess.RunAsync(files.FullPath, "doctor", "gpu");
        var chinese = await AsectlProcess.RunAsync(files.FullPath, "doctor", "gpu", "--lang", "zh-Hans");

        Assert.Equal((1, 1), (english.ExitCode, chinese.ExitCode));
        Assert.Contains("libcuda.so.1: cannot open shared object file", english.Output, StringComparison.Ordinal);
        Assert.Contains("Install NVIDIA's driver 580 or newer", english.Output, StringComparison.Ordinal);
        Assert.Contains("安装 580 或更新版本的 NVIDIA 驱动", chinese.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("64")]
    [InlineData("x")]
    public async Task Gpu_DeviceThatIsNone_IsRefused(string device)
    {
        var run = await AsectlProcess.RunAsync(files.FullPath, "doctor", "gpu", "--device", device);

        Assert.Equal((2, $"asectl: --device: '{device}' is no number from 0 to 63. See asectl doctor gpu --help.\n"), (run.ExitCode, run.Errors));
    }
}
