using System.ComponentModel;
using System.Text.RegularExpressions;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Operators;
using AvaConsole.Inference.Tensors;
using AvaConsole.Inference.Trials;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>Where models run.</summary>
/// <param name="Name"><c>CUDA</c> or <c>CPU</c>.</param>
/// <param name="Reason">Why it is not CUDA, in words, for logs and terminals; empty where it is.</param>
/// <param name="ReasonCode">The same as a localisation key; empty where it is CUDA.</param>
/// <param name="ReasonArgs">Placeholders of the localised text.</param>
public sealed record ExecutionProvider(string Name, string Reason, string ReasonCode, params IReadOnlyList<string> ReasonArgs)
{
    public const string Cuda = "CUDA";
    public const string Cpu = "CPU";
}

/// <summary>Loads models into the process-wide ONNX Runtime.</summary>
public sealed partial class OrtRuntime
{
    private static readonly HashSet<string> s_weights = new(StringComparer.OrdinalIgnoreCase) { ".data", ".bin", ".weight", ".weights", ".pb" };

    private readonly InferenceOptions _options;
    private readonly ChildProgram? _program;
    private readonly SessionBudget? _budget;
    private readonly ILogger<OrtRuntime> _logger;
    private readonly CustomOperators _operators;
    private readonly Lazy<ExecutionProvider> _provider;

    /// <param name="program">Asks the driver first, where there is one: a broken driver ends whoever asks it. Null to ask in this process.</param>
    public OrtRuntime(IOptions<InferenceOptions> options, ILogger<OrtRuntime> logger, ChildProgram? program = null)
    {
        _options = options.Value;
        _program = program;
        _operators = new CustomOperators([.. _options.CustomOperators]);
        _logger = logger;
        _budget = _options.ModelMemoryMegabytes > 0 ? new SessionBudget((long)_options.ModelMemoryMegabytes << 20) : null;
        OrtEnvironment.Ensure(_options.Threads, logger, _options.RunMemoryMegabytes);
        _provider = new Lazy<ExecutionProvider>(Probe);
    }

    /// <summary>Decided once, by running a model of one node, and kept until the process ends.</summary>
    /// <exception cref="InvalidOperationException">CUDA is demanded (<c>Inference:Provider</c>) and cannot be had.</exception>
    public ExecutionProvider Provider => _provider.Value;

    internal InferenceOptions Options => _options;

    /// <summary>Loads a model by its path, so that data files beside it are found and nothing outside its folder is.</summary>
    /// <param name="useCpu">Keep off the GPU even where there is one.</param>
    internal Result<OrtModel> Load(string path, bool useCpu = false)
    {
        var libraries = _operators.LibrariesFor(path);
        if (!libraries.IsSuccess)
        {
            return libraries.Error;
        }

        try
        {
            var cuda = !useCpu && Provider.Name == ExecutionProvider.Cuda;
            return new OrtModel(new OrtModelSource(narrow => Open(path, cuda, narrow, libraries.Value), BytesOf(path), cuda, _budget)
            {
                OpenHostMemory = cuda ? session => CudaHostMemory.TryCreate(session, _options.CudaDevice, _logger) : null,
            });
        }
        catch (OnnxRuntimeException exception)
        {
            _logger.LogInformation(exception, "The model {Path} does not load", path);
            return new InvalidError([OrtErrors.DescribeLoadFailure(exception, path)]);
        }
        catch (UnsupportedPortException exception)
        {
            return new InvalidError(Path.GetFileName(path), "package.port_type", exception.Port, exception.Type);
        }
    }

    /// <summary>A session of a model that <see cref="Load"/> takes, as a program with nothing around ONNX Runtime has it: outside any budget.</summary>
    /// <exception cref="OnnxRuntimeException">It does not load.</exception>
    internal InferenceSession OpenBare(string path, bool narrow) =>
        Open(path, Provider.Name == ExecutionProvider.Cuda, narrow, _operators.LibrariesFor(path).Value ?? []);

    private InferenceSession Open(string path, bool cuda, bool narrow, IReadOnlyList<string> libraries)
    {
        using var options = cuda ? SessionSettings.ForCuda(_options) : SessionSettings.ForCpu(narrow);
        foreach (var library in libraries)
        {
            options.RegisterCustomOpLibrary(library);
        }

        return new InferenceSession(path, options);
    }

    /// <summary>Of the model and of the weights that lie beside it.</summary>
    private static long BytesOf(string path) => new FileInfo(path) is { Exists: true, Directory: { } folder } model
        ? folder.EnumerateFiles().Where(file => file.FullName == model.FullName || s_weights.Contains(file.Extension)).Sum(file => file.Length)
        : 0;

    private ExecutionProvider Probe()
    {
        if (_options.Provider == "cpu")
        {
            return new ExecutionProvider(ExecutionProvider.Cpu, "switched off by Inference:Provider = cpu", "provider.switched_off");
        }

        if (_program is not null && CudaProbe.HasDriver() && ProbeInChild(_program) is { } refused)
        {
            return Settle(refused, null);
        }

        try
        {
            using var options = SessionSettings.ForCuda(_options);
            using var model = new OrtModel(new OrtModelSource(_ => new InferenceSession(ProbeModel.Bytes, options), 0));
            using var stop = new RunOptions();
            model.Run([new TensorRequest([new Tensor("x", TensorType.Fp32, [1]) { Data = new byte[4] }], ["y"])], wide: true, 0, stop).Requests[0].Memory?.Dispose();
            _logger.LogInformation("Models run on CUDA device {Device}", _options.CudaDevice);
            return new ExecutionProvider(ExecutionProvider.Cuda, "", "");
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or EntryPointNotFoundException)
        {
            return Settle(OnCpu(exception.Message), exception);
        }
    }

    /// <summary>The CPU, unless CUDA is demanded.</summary>
    private ExecutionProvider Settle(ExecutionProvider provider, Exception? exception)
    {
        if (_options.Provider == "cuda")
        {
            throw new InvalidOperationException("Inference:Provider is cuda, and CUDA does not work: " + provider.Reason, exception);
        }

        _logger.LogWarning("Models run on the CPU: {Reason}", provider.Reason);
        _logger.LogDebug(exception, "The CUDA provider failed");
        return provider;
    }

    /// <summary>Why CUDA cannot be used; null where a model ran on it.</summary>
    private ExecutionProvider? ProbeInChild(ChildProgram program)
    {
        try
        {
            var report = CudaProbe.RunAsync(program, _options.CudaDevice, CancellationToken.None).GetAwaiter().GetResult();
            return report switch
            {
                { IsUsable: true } => null,
                { EndedBy.Length: > 0 } => new ExecutionProvider(
                    ExecutionProvider.Cpu, $"the GPU's driver ended the process that asked it ({report.EndedBy})", "provider.probe_ended", report.EndedBy),
                _ => OnCpu(report.Checks.FirstOrDefault(check => check.Name == GpuChecks.Run)?.Detail ?? ""),
            };
        }
        catch (Win32Exception exception)
        {
            _logger.LogWarning(exception, "The child process {Program} cannot be started; CUDA is tried in this one", program.FileName);
            return null;
        }
    }

    /// <summary>From, for example, <c>… with error: libcublasLt.so.13: cannot open shared object file: No such file or directory</c>.</summary>
    private static ExecutionProvider OnCpu(string failure)
    {
        if (MissingLibrary().Match(failure) is { Success: true } missing)
        {
            var library = missing.Groups[1].Value;
            return new ExecutionProvider(ExecutionProvider.Cpu, $"CUDA 13 with cuDNN 9 is not installed here ({library} is missing)", "provider.library_missing", library);
        }

        var (reason, code) = failure switch
        {
            var message when message.Contains("not enabled in this build", StringComparison.Ordinal) => ("this build of ONNX Runtime has no CUDA", "provider.not_in_build"),
            var message when message.Contains("no CUDA-capable device", StringComparison.Ordinal) => ("there is no CUDA device", "provider.no_device"),
            var message when message.Contains("driver version is insufficient", StringComparison.Ordinal) => ("the GPU driver is too old for CUDA 13", "provider.driver_too_old"),
            _ => ("CUDA did not start; the log says why", "provider.failed"),
        };
        return new ExecutionProvider(ExecutionProvider.Cpu, reason, code);
    }

    [GeneratedRegex(@"(lib[\w.+-]+\.so[\w.]*): cannot open shared object", RegexOptions.CultureInvariant)]
    private static partial Regex MissingLibrary();
}
