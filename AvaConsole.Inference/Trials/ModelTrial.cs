using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Operators;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AvaConsole.Inference.Trials;

/// <summary>
/// Lets a child open a model before this process does: a model that crashes ONNX Runtime, never ends or eats the memory ends the child, and
/// is refused with a reason. What has passed is remembered beside the unpacked packages, so that each package pays once.
/// </summary>
/// <param name="data">Where it is remembered over a restart; null for nowhere.</param>
/// <param name="program">The program that is started; without one, nothing is tried.</param>
public sealed class ModelTrial(DataDirectory? data, IOptions<InferenceOptions> options, ILogger<ModelTrial> logger, ChildProgram? program = null) : IDisposable
{
    private const int LeastMegabytes = 1024;
    private const int CannotTell = 64;

    private readonly ConcurrentDictionary<string, bool> _passed = new(StringComparer.Ordinal);
    private readonly string? _folder = data is null ? null : Path.Combine(data.PackageCache, "trials");

    private readonly CustomOperators _operators = new([.. options.Value.CustomOperators]);

    // Two models at once would be measured against memory that each has alone.
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>The same for each of several, until one must not be loaded.</summary>
    public async Task<Error?> TryAllAsync(string folder, IReadOnlyList<string> modelPaths, string? packageSha256, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(modelPaths);
        foreach (var path in modelPaths)
        {
            if (await TryAsync(folder, path, packageSha256, ct).ConfigureAwait(false) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>Null where the model may be loaded here; otherwise <c>model.*</c> or <c>package.*</c>.</summary>
    /// <param name="folder">The unpacked package, absolute.</param>
    /// <param name="modelPath">The model in it, absolute.</param>
    /// <param name="packageSha256">The package's digest; null where that is not known, which is then not remembered.</param>
    public async Task<Error?> TryAsync(string folder, string modelPath, string? packageSha256, CancellationToken ct)
    {
        var libraries = _operators.LibrariesFor(modelPath);
        if (!libraries.IsSuccess || program is null)
        {
            return libraries.Error;
        }

        var key = packageSha256 is null ? null : KeyOf(packageSha256, Path.GetRelativePath(folder, modelPath));
        if (key is not null && HasPassed(key))
        {
            return null;
        }

        await _one.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var error = await RunAsync(program, modelPath, libraries.Value, ct).ConfigureAwait(false);
            if (error is null && key is not null)
            {
                Remember(key);
            }

            return error;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<Error?> RunAsync(ChildProgram child, string modelPath, IReadOnlyList<string> libraries, CancellationToken ct)
    {
        var settings = Settings();
        try
        {
            int[] numbers = [settings.Megabytes, settings.Seconds, settings.Threads, settings.TensorMegabytes];
            string[] arguments = [ChildVerbs.Mark, ModelTrialChild.Verb, modelPath, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)), .. libraries];
            var outcome = await ChildRun.RunAsync(child, arguments, TimeSpan.FromSeconds(settings.Seconds), ct).ConfigureAwait(false);
            var error = Judge(Path.GetFileName(modelPath), outcome, settings);
            if (error is not null)
            {
                logger.LogWarning("The model {Path} failed its trial ({Error}): exit {ExitCode}, {Errors}", modelPath, error, outcome.ExitCode, outcome.Errors);
            }

            return error;
        }
        catch (Win32Exception exception)
        {
            logger.LogError(exception, "The child process {Program} cannot be started", child.FileName);
            return new UnavailableError("model.trial_not_started");
        }
    }

    private static Error? Judge(string file, ChildOutcome outcome, TrialSettings settings)
    {
        if (outcome.TimedOut)
        {
            return new InvalidError(file, "model.too_slow", settings.Seconds);
        }

        if (outcome.ExitCode == 0 && TrialReport.Read(outcome.Output) is { } report)
        {
            return report.Problem?.Error;
        }

        if (outcome.ExitCode is CannotTell or 0)
        {
            return new UnavailableError("model.trial_not_started");
        }

        // Killed, and not by us: the kernel had no memory left. A failed allocation ends the process by abort() where nobody catches it.
        return outcome.ExitCode == 137 || IsMemory(outcome.Errors)
            ? new InvalidError(file, "model.trial_memory", settings.Megabytes)
            : new InvalidError(file, "model.trial_crashed", ChildSelf.NameOfEnd(outcome.ExitCode));
    }

    private static bool IsMemory(string errors) =>
        errors.Contains("bad_alloc", StringComparison.Ordinal) || errors.Contains("Out of memory", StringComparison.OrdinalIgnoreCase);

    private TrialSettings Settings()
    {
        var available = (int)Math.Min(int.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 21);
        var megabytes = options.Value.TrialMegabytes > 0 ? options.Value.TrialMegabytes : Math.Max(LeastMegabytes, available);
        return new TrialSettings(megabytes, options.Value.WarmUpSeconds, options.Value.Threads, options.Value.MaxTensorMegabytes);
    }

    private bool HasPassed(string key) => _passed.ContainsKey(key) || (_folder is not null && File.Exists(Path.Combine(_folder, key)));

    private void Remember(string key)
    {
        _passed[key] = true;
        if (_folder is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(_folder);
            File.WriteAllBytes(Path.Combine(_folder, key), []);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(exception, "A model's trial is not remembered over a restart");
        }
    }

    /// <summary>Of this model, in this package, with this runtime and these limits: with others it must show itself again.</summary>
    private string KeyOf(string packageSha256, string model)
    {
        var runtime = typeof(Microsoft.ML.OnnxRuntime.OrtEnv).Assembly.ManifestModule.ModuleVersionId;
        var trial = typeof(ModelTrial).Assembly.ManifestModule.ModuleVersionId;
        var text = string.Create(CultureInfo.InvariantCulture, $"{runtime}\n{trial}\n{options.Value.MaxTensorMegabytes}\n{_operators.Key}\n{packageSha256}\n{model}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
