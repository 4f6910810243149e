namespace AvaConsole.Core.Configuration;

/// <summary>What a person enters for a layer of the worker documents. Members that the layer holds besides stay as they are.</summary>
/// <param name="Delay4Batch">Nanoseconds; 0 to 60 s.</param>
/// <param name="MaxConcurrent">Requests in flight; 1 to 100,000.</param>
/// <param name="Timeout">Nanoseconds; 1 ms to 1 h.</param>
public sealed record WorkerRequest(long Delay4Batch, int MaxConcurrent, long Timeout);

/// <summary>One key of the worker documents.</summary>
/// <param name="Exists">The key holds something.</param>
/// <param name="Document">Null where the key does not exist, or cannot be read and is passed over.</param>
public sealed record WorkerLayer(string Key, bool Exists, WorkerDocument? Document);

/// <summary>All layers that bear on an app, and what follows from them.</summary>
/// <param name="App">Null where only the global default was asked for.</param>
/// <param name="OwnReleases">Versions of the app that have a document of their own, for which the app's does not hold.</param>
/// <param name="Pending">A plan about the asked layer that is under way; null for none.</param>
public sealed record WorkerLayers(
    WorkerLayer Global, WorkerLayer? App, EffectiveWorker Effective, IReadOnlyList<string> OwnReleases, PendingPlan? Pending);

/// <param name="Number">Shown as <c>#12</c>.</param>
public sealed record PendingPlan(Guid Id, int Number);
