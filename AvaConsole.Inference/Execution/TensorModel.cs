using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.Execution;

/// <summary>
/// A loaded model with its batcher: named tensors in, named values out. Where the model keeps rows apart, the first dimension of the
/// tensors is rows and requests share runs; else each runs alone. Used by any number of threads.
/// </summary>
internal sealed class TensorModel : IDisposable
{
    private readonly OrtModel _model;
    private readonly TensorModelOptions _options;
    private readonly RequestCheck _check;
    private readonly Runner _runner;
    private readonly Batcher _batcher;
    private TensorRequest? _sample;

    /// <param name="model">Taken over.</param>
    public TensorModel(OrtModel model, TensorModelOptions options)
    {
        (_model, _options) = (model, options);
        _check = new RequestCheck(model.Signature);
        _runner = new Runner(this);
        _batcher = new Batcher(
            _runner, options.Slots, options.Settings with { BatchSize = 1 }, options.Slots.Count, options.Meters, options.App, options.Version, options.Logger);
    }

    /// <summary>The app's command or the model's name.</summary>
    public string App => _options.App;

    public ModelSignature Signature => _model.Signature;

    /// <summary>Rows of different requests may share a run; known after <see cref="Probe"/>.</summary>
    public bool Batchable { get; private set; }

    /// <summary>The shapes promise what <see cref="Batchable"/> proves.</summary>
    public bool HasDynamicBatch => RowProbe.HasDynamicBatch(Signature);

    public ModelFigures Figures => _batcher.Counters.Read();

    /// <summary>How it is run; null while it is cold, and where nothing could be made up to measure it with.</summary>
    public ExecutionPlan? Plan { get; private set; }

    /// <summary>A request of one row that it takes; null where none is known.</summary>
    public TensorRequest? Sample => _sample;

    /// <summary>Of its files; what a session of it takes at least.</summary>
    public long FileBytes => _model.FileBytes;

    public BatchSettings Settings => _batcher.Settings;

    /// <summary>Admitted requests without an answer yet.</summary>
    public int InFlight => _batcher.InFlight;

    public int QueueLength => _batcher.QueueLength;

    /// <summary>Loads, probes with made-up tensors and warms up.</summary>
    /// <returns>Errors <c>package.*</c> where the file cannot be loaded, <c>model.warm_up_failed</c> where it does not run in batches.</returns>
    public static Result<TensorModel> Open(OrtRuntime runtime, string path, TensorModelOptions options, CancellationToken ct)
    {
        var loaded = runtime.Load(path);
        if (!loaded.IsSuccess)
        {
            return loaded.Error;
        }

        var model = new TensorModel(loaded.Value, options);
        var isWarm = false;
        try
        {
            model.Probe([], ct);
            var warm = model.WarmUp(ct);
            isWarm = warm.IsSuccess;
            return isWarm ? model : warm.Error!;
        }
        finally
        {
            if (!isWarm)
            {
                model.Dispose();
            }
        }
    }

    /// <summary>Finds out whether rows may share runs: two different requests of one row must give the same alone and together.</summary>
    /// <param name="samples">Two such requests; empty to have them made up, which for some models none can be.</param>
    /// <exception cref="OperationCanceledException">It was still computing when its time was over.</exception>
    public void Probe(IReadOnlyList<TensorRequest> samples, CancellationToken ct)
    {
        var probe = new RowProbe(_model, ct);
        (Batchable, _sample) = probe.Run([.. samples.Select(_check.Arrange)]);
        if (_sample is null)
        {
            _options.Logger.LogInformation("{App} {Version} does not run on made-up tensors: it starts cold, and its rows do not share runs", _options.App, _options.Version);
        }

        UpdateSettings(_options.Settings);
    }

    /// <summary>Runs it at the batch sizes in use and chooses, by what that takes, how it will be run.</summary>
    /// <returns><c>model.warm_up_failed</c> where it does not run in batches of the wanted size.</returns>
    public Result WarmUp(CancellationToken ct)
    {
        if (_sample is not { } sample)
        {
            return Result.Success;
        }

        try
        {
            Plan = new ExecutionPlanner(_model, _options.Slots, _batcher.Cost, _options.Logger, ct).Choose(sample, Settings.BatchSize);
            _batcher.AllowRuns(Plan.ConcurrentRuns);
            return Result.Success;
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or RowsMixedException)
        {
            _options.Logger.LogWarning(exception, "{App} {Version} does not run with batches of {BatchSize}", _options.App, _options.Version, Settings.BatchSize);
            return new InvalidError("batch_size", "model.warm_up_failed", Settings.BatchSize);
        }
    }

    /// <summary>Takes effect at once, for waiting requests too.</summary>
    public void UpdateSettings(BatchSettings settings) => _batcher.UpdateSettings(Batchable ? settings : settings with { BatchSize = 1 });

    /// <summary>Admits a request before it is read; <see cref="BusyError"/> where too many are in flight.</summary>
    public Result<Admission> TryEnter() => _batcher.TryEnter();

    /// <summary>Why a request that came now would not be let in, counted as such; null where it would be.</summary>
    public Error? Refuse()
    {
        var refused = _batcher.Refuse();
        if (refused is not null)
        {
            _batcher.CountFailure(Outcome(refused), refused, null);
        }

        return refused;
    }

    /// <summary>Lets in a part of a request that was admitted elsewhere.</summary>
    public Result<Admission> EnterPart() => _batcher.EnterPart();

    /// <summary>What is wrong with a request, all of it; empty where the model can run it.</summary>
    public IReadOnlyList<Problem> Check(TensorRequest request) => _check.Check(request, Batchable);

    /// <summary>
    /// Checks a request and runs it, with others where that pays. Errors: <see cref="InvalidError"/> (<c>tensor.*</c>),
    /// <see cref="TimeoutError"/> (<c>serving.timeout</c>), <see cref="UnavailableError"/> (<c>serving.model_failed</c>, <c>serving.unloaded</c>).
    /// </summary>
    /// <param name="admission">Disposed by the caller when the answer is complete.</param>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public Task<Result<TensorAnswer>> RunAsync(Admission admission, TensorRequest request, CancellationToken ct) =>
        Check(request) is { Count: > 0 } problems
            ? Task.FromResult<Result<TensorAnswer>>(new InvalidError(problems))
            : admission.RunAsync(_check.Arrange(request), ct);

    /// <summary>Runs a request here and now, past the batcher and its figures: for trying a model while nothing is served by it.</summary>
    /// <exception cref="OnnxRuntimeException">The model failed.</exception>
    /// <exception cref="OperationCanceledException">It was still computing when its time was over.</exception>
    public TensorAnswer RunOnce(TensorRequest request, CancellationToken ct)
    {
        using var stop = new RunStop(ct);
        var result = stop.Guard(() => _model.Run([request], wide: true, 0, stop.Options));
        var run = result.Times.Run.TotalMilliseconds;
        return new TensorAnswer(result.Requests[0].Values, new InferenceTiming(0, 0, run, run, 1), result.Requests[0].Memory);
    }

    /// <summary>Lets a request in, or not, and counts what becomes of it.</summary>
    /// <param name="answerAsync">Uses the admission until its answer is complete.</param>
    public async Task<Result<T>> AdmitAsync<T>(Func<Admission, Task<Result<T>>> answerAsync)
    {
        var admitted = TryEnter();
        if (!admitted.IsSuccess)
        {
            _batcher.CountFailure(Outcome(admitted.Error), admitted.Error, null);
            return admitted.Error;
        }

        using var admission = admitted.Value;
        try
        {
            var answer = await answerAsync(admission).ConfigureAwait(false);
            if (answer.IsSuccess)
            {
                _batcher.CountRequest("ok", admission.Elapsed);
            }
            else
            {
                _batcher.CountFailure(Outcome(answer.Error), answer.Error, admission.Elapsed);
            }

            return answer;
        }
        catch (OperationCanceledException)
        {
            _batcher.CountRequest("cancelled", admission.Elapsed);
            throw;
        }
    }

    /// <summary>Ends what is still running, waits for it, and unloads the model.</summary>
    public void Dispose()
    {
        _batcher.Dispose();
        _model.Dispose();
    }

    private sealed class Runner(TensorModel owner) : IRowRunner
    {
        private const int MostRows = 1 << 30;

        public bool DiffersWhenLone => owner.Plan is { WideWhenAlone: true };

        public RunResult Run(IReadOnlyList<TensorRequest> requests, bool isLone, RunStop stop)
        {
            var model = owner._model;
            var rows = RowsOf(requests);
            var wide = owner.Plan is not { ThreadsPerRun: 1 } || (isLone && owner._batcher.Cost.Predict(rows) > ExecutionPlanner.LoneMilliseconds);
            return model.Run(requests, wide, model.PadsRows && owner.Batchable ? BatchBuckets.For(rows, owner.Settings.BatchSize) : 0, stop.Options);
        }

        private static int RowsOf(IReadOnlyList<TensorRequest> requests)
        {
            var rows = 0L;
            foreach (var request in requests)
            {
                rows += request.Inputs is [{ Shape: [var own, ..] }, ..] ? own : 1;
            }

            return (int)Math.Clamp(rows, 1, MostRows);
        }
    }

    private static string Outcome(Error error) => error switch
    {
        BusyError => "busy",
        TimeoutError => "timeout",
        InvalidError => "invalid",
        _ => "failed",
    };
}
