using System.ComponentModel.DataAnnotations;
using AvaConsole.Inference.Operators;

namespace AvaConsole.Inference;

/// <summary>How this process serves models.</summary>
public sealed class InferenceOptions
{
    public const string Section = "Inference";

    /// <summary><c>auto</c> (CUDA where it works, else CPU with the reason), <c>cpu</c> or <c>cuda</c> (refuse to start without it). Default <c>auto</c>.</summary>
    [RegularExpression("^(auto|cpu|cuda)$", ErrorMessage = "Inference:Provider must be auto, cpu or cuda.")]
    public string Provider { get; set; } = "auto";

    /// <summary>CUDA device. Default 0; must be 0–63.</summary>
    [Range(0, 63)]
    public int CudaDevice { get; set; }

    /// <summary>Megabytes that the CUDA device's arena of each model may grow to. Default 0: no limit; must be 0–1048576.</summary>
    [Range(0, 1 << 20)]
    public int CudaMemoryMegabytes { get; set; }

    /// <summary>Whether CUDA may round float32 to TF32 in matrix products and convolutions: faster, with three decimal digits less. Default true.</summary>
    public bool CudaTf32 { get; set; } = true;

    /// <summary>
    /// Megabytes of model files that are in memory at a time. Beyond it the model that was used longest ago is unloaded and comes back with
    /// its next request, which waits for that. Default 0: no bound; must be 0–1048576.
    /// </summary>
    [Range(0, 1 << 20)]
    public int ModelMemoryMegabytes { get; set; }

    /// <summary>Threads that compute inside one run, shared by all models. Default 0: one for each core; must be 0–256.</summary>
    [Range(0, 256)]
    public int Threads { get; set; }

    /// <summary>
    /// Runs in flight at once over all models. Default 0: one for each core, and two where there is only one, because one alone would let
    /// a slow model stop all others. Must be 0–256.
    /// </summary>
    [Range(0, 256)]
    public int ConcurrentRuns { get; set; }

    /// <summary><see cref="ConcurrentRuns"/> with the default filled in.</summary>
    internal int Runs => ConcurrentRuns > 0 ? ConcurrentRuns : Math.Max(2, Environment.ProcessorCount);

    /// <summary>Name under which this process reports its status. Default: the machine's name. Two processes on one machine need two names.</summary>
    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", ErrorMessage = "Inference:HostName takes letters, digits, '.', '_' and '-', at most 100.")]
    public string? HostName { get; set; }

    /// <summary>Seconds that the reported status outlives a host that died. Default 15; must be 5–300.</summary>
    [Range(5, 300)]
    public int StatusSeconds { get; set; } = 15;

    /// <summary>Seconds that loading and warming up a model may take. Default 300; must be 1–3600.</summary>
    [Range(1, 3600)]
    public int WarmUpSeconds { get; set; } = 300;

    /// <summary>Seconds that a replaced model may take to finish its requests before they are ended. Default 60; must be 1–3600.</summary>
    [Range(1, 3600)]
    public int DrainSeconds { get; set; } = 60;

    /// <summary>
    /// Days that unpacked packages and fetched custom files are kept after their last use where no live release needs them. Archives are not
    /// removed. Default 7; must be 1–3650.
    /// </summary>
    [Range(1, 3650)]
    public int CacheDays { get; set; } = 7;

    /// <summary>
    /// MiB that a model may take while a child process tries it, before it is loaded here. Default 0: half of the machine's (or the
    /// container's) memory, at least 1024; must be 0–1048576.
    /// </summary>
    [Range(0, 1 << 20)]
    public int TrialMegabytes { get; set; }

    /// <summary>
    /// MiB that all runs together may take for their tensors, weights and GPUs aside; a request that asks for more is refused and the others go on.
    /// Default 0: half of the machine's (or the container's) memory; must be 0–1048576.
    /// </summary>
    [Range(0, 1 << 20)]
    public int RunMemoryMegabytes { get; set; }

    /// <summary>
    /// Libraries of operators that models may use beside ONNX Runtime's own, by domain. A model that needs another is refused. Default: none.
    /// </summary>
    public IList<CustomOperatorLibrary> CustomOperators { get; } = [];

    /// <summary>MiB of one input or output, as far as the model fixes its shape; a model beyond it is refused. Default 1024; must be 1–65536.</summary>
    [Range(1, 65536)]
    public int MaxTensorMegabytes { get; set; } = 1024;
}
