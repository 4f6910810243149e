using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Inference.Hosting;

/// <summary>Steers which of the models that are wanted here are in this process's memory. What is wanted is decided elsewhere.</summary>
public interface IModelRepository
{
    /// <summary>Who may call an app that is wanted here, whatever the state of its releases; null where it is unknown.</summary>
    AppMetadataDocument? MetadataOf(string app);

    /// <summary>Loads what was unloaded, or tries again what failed; completes when the app serves. Errors say why it does not.</summary>
    Task<Result> LoadAsync(string app, CancellationToken ct);

    /// <summary>Takes the app's releases out of memory in this process, after the requests that are under way.</summary>
    Task<Result> UnloadAsync(string app, CancellationToken ct);
}
