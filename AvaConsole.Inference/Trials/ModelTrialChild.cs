using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.OnnxRuntime;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AvaConsole.Inference.Trials;

/// <summary>
/// The child's side of <see cref="ModelTrial"/>: opens a model as the host would, runs it once on made-up values, and says what it found.
/// Everything that a hostile model can do happens here.
/// </summary>
internal static class ModelTrialChild
{
    public const string Verb = "model-trial";

    private const int Numbers = 4;

    /// <param name="args">Path, MiB of memory, seconds, threads, MiB of one tensor, and libraries of operators.</param>
    public static int Run(string[] args)
    {
        if (args is not [var path, .. { Length: >= Numbers } given])
        {
            return 64;
        }

        var numbers = given[..Numbers].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var settings = new TrialSettings(numbers[0], numbers[1], numbers[2], numbers[3]);
        ChildSelf.Confine(settings.Megabytes, settings.Seconds);
        Console.Out.Write(Try(path, settings, given[Numbers..]).ToJson());
        return 0;
    }

    private static TrialReport Try(string path, TrialSettings settings, string[] libraries)
    {
        try
        {
            OrtEnvironment.Ensure(settings.Threads, NullLogger.Instance);
            using var options = new SessionOptions { ExecutionMode = ExecutionMode.ORT_SEQUENTIAL, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
            options.DisablePerSessionThreads();
            foreach (var library in libraries)
            {
                options.RegisterCustomOpLibrary(library);
            }

            using var session = new InferenceSession(path, options);
            var report = new TrialReport { Inputs = Ports(session.InputNames, session.InputMetadata), Outputs = Ports(session.OutputNames, session.OutputMetadata) };
            if (FindTooLarge(report, settings) is { } tooLarge)
            {
                return report with { Problem = tooLarge };
            }

            var outcome = RunOnce(session);
            return report with { Ran = outcome is null, Problem = outcome is { } failure && OrtErrors.IsMemory(failure) ? OutOfMemory(path, settings) : null, PeakMegabytes = ChildSelf.PeakMegabytes() };
        }
        catch (OnnxRuntimeException exception)
        {
            return new TrialReport { Problem = OrtErrors.IsMemory(exception) ? OutOfMemory(path, settings) : TrialProblem.Of(OrtErrors.DescribeLoadFailure(exception, path)) };
        }
        catch (OutOfMemoryException)
        {
            return new TrialReport { Problem = OutOfMemory(path, settings) };
        }
    }

    private static TrialProblem OutOfMemory(string path, TrialSettings settings) =>
        TrialProblem.Of(new Problem(Path.GetFileName(path), "model.trial_memory", settings.Megabytes));

    /// <summary>Why it did not answer; null where it did.</summary>
    private static OnnxRuntimeException? RunOnce(InferenceSession session)
    {
        var inputs = new List<OrtValue>();
        try
        {
            foreach (var name in session.InputNames)
            {
                if (session.InputMetadata[name] is not { IsTensor: true } port)
                {
                    return null;
                }

                inputs.Add(MakeUp(port));
            }

            using var run = new RunOptions();
            using var outputs = session.Run(run, session.InputNames, inputs, session.OutputNames);
            return null;
        }
        catch (OnnxRuntimeException exception)
        {
            return exception;
        }
        finally
        {
            inputs.ForEach(input => input.Dispose());
        }
    }

    /// <summary>Zeros, or empty texts, with 1 for each length that a request chooses.</summary>
    private static OrtValue MakeUp(NodeMetadata port)
    {
        var shape = Array.ConvertAll(port.Dimensions, length => length < 0 ? 1L : length);
        var value = port.ElementDataType == TensorElementType.String
            ? OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape)
            : OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, port.ElementDataType, shape);
        if (port.ElementDataType != TensorElementType.String)
        {
            value.GetTensorMutableRawData().Clear();
        }

        return value;
    }

    private static TrialProblem? FindTooLarge(TrialReport report, TrialSettings settings)
    {
        var most = (long)settings.TensorMegabytes << 20;
        return report.Inputs.Concat(report.Outputs).FirstOrDefault(port => Bytes(port) > most) is { } port
            ? TrialProblem.Of(new Problem(port.Name, "model.tensor_too_large", port.Name, settings.TensorMegabytes))
            : null;
    }

    /// <summary>What one of it takes at least, at 1 byte an element; saturates.</summary>
    private static double Bytes(TensorInfo port) => port.Shape.Aggregate(1.0, (bytes, length) => bytes * Math.Max(1, length));

    private static List<TensorInfo> Ports(IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata) => names
        .Select(name => metadata[name].IsTensor
            ? new TensorInfo(name, metadata[name].ElementDataType.ToString(), Array.ConvertAll(metadata[name].Dimensions, length => (long)length))
            : new TensorInfo(name, "SEQUENCE", []))
        .ToList();
}

/// <summary>What a model may take while it is tried.</summary>
/// <param name="Megabytes">Memory.</param>
/// <param name="Seconds">In all.</param>
/// <param name="Threads">That compute; 0 for one a core.</param>
/// <param name="TensorMegabytes">One input or output, as far as its shape is fixed.</param>
internal sealed record TrialSettings(int Megabytes, int Seconds, int Threads, int TensorMegabytes);
