using System.CommandLine;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Nodes;
using AvaConsole.Inference.Trials;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Doctor;

/// <summary><c>asectl doctor gpu</c></summary>
internal sealed class DoctorGpuVerb : Verb
{
    private const int LastDevice = 63;

    private readonly Option<int> _device = new("--device") { Description = CliTexts.Of("OptionDevice"), HelpName = "N", DefaultValueFactory = _ => 0 };

    public DoctorGpuVerb()
        : base("gpu", "DoctorGpu", "asectl doctor gpu --format json")
    {
        _device.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && !(int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var device) && device <= LastDevice))
            {
                result.AddError(CliTexts.Of("DeviceOutside", _device.Name, given, LastDevice));
            }
        });
        Add(_device);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        try
        {
            var report = CudaProbe.RunAsync(ChildProgram.Of(typeof(Asectl).Assembly), arguments.GetValue(_device), CancellationToken.None).GetAwaiter().GetResult();
            if (output.IsJson)
            {
                output.Json(ToJson(report));
            }
            else
            {
                Write(report, output);
            }

            return report.IsUsable ? CliExit.Success : CliExit.Found;
        }
        catch (Win32Exception exception)
        {
            throw new CliFailureException(CliExit.Fault, CliTexts.Of("GpuProbeNotStarted", exception.Message));
        }
    }

    private static void Write(GpuReport report, CliOutput output)
    {
        var width = report.Checks.Max(check => check.Name.Length);
        foreach (var check in report.Checks)
        {
            var found = CliTexts.Of(check.IsFound ? "GpuFound" : "GpuMissing");
            output.Line($"{(check.IsFound ? output.Green(found) : output.Red(found))}  {check.Name.PadRight(width)}  {check.Detail}");
        }

        output.Line();
        foreach (var device in report.Devices)
        {
            output.Line(CliTexts.Of("GpuDevice", device.Index, device.Name, device.MemoryMegabytes, device.ComputeCapability));
        }

        if (report.EndedBy.Length > 0)
        {
            output.Line(CliTexts.Of("GpuProbeEnded", report.EndedBy, report.Checks is [.., var last] ? last.Name : ""));
        }

        output.Line(CliTexts.Of(report.IsUsable ? "GpuUsable" : "GpuNotUsable"));
        foreach (var advice in Advice(report))
        {
            output.Line("  - " + advice);
        }
    }

    /// <summary>What a run that worked did not need is no reason to install anything.</summary>
    private static List<string> Advice(GpuReport report)
    {
        var hasCudnn = report.Checks.Any(check => check is { Name: "libcudnn.so.9", IsFound: true });
        return report.IsUsable
            ? []
            : [.. report.Checks.Where(check => !check.IsFound && (hasCudnn || check.Name != "libcudnn.so")).Select(GpuAdvice.For).Distinct()];
    }

    private static JsonObject ToJson(GpuReport report) => new()
    {
        ["usable"] = report.IsUsable,
        ["ended_by"] = report.EndedBy,
        ["devices"] = new JsonArray([.. report.Devices.Select(device => new JsonObject
        {
            ["index"] = device.Index,
            ["name"] = device.Name,
            ["memory_mb"] = device.MemoryMegabytes,
            ["compute_capability"] = device.ComputeCapability,
        })]),
        ["checks"] = new JsonArray([.. report.Checks.Select(check => new JsonObject
        {
            ["name"] = check.Name,
            ["found"] = check.IsFound,
            ["detail"] = check.Detail,
            ["advice"] = check.IsFound || report.IsUsable ? "" : GpuAdvice.For(check),
        })]),
    };
}
