using System.Net;
using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>
/// The model repository extension: what is here, and loading and unloading it in this process. The owner of an app may do that, whether or not it
/// is public; where <see cref="OpenInferenceOptions.LoopbackMayLoad"/> is set, whoever is on this machine. Files and configurations are not taken.
/// </summary>
internal sealed class RepositoryHandler(IModelHost host, IModelRepository? repository, ServingTexts texts, OpenInferenceAnswers answers, OpenInferenceOptions options)
{
    private const int MaxBody = 64 * 1024;

    public async Task IndexAsync(HttpContext context)
    {
        var body = await ReadAsync(context);
        if (!body.IsSuccess)
        {
            await answers.WriteErrorAsync(context, body.Error);
            return;
        }

        using var document = body.Value;
        var readyOnly = document.RootElement.TryGetProperty("ready", out var ready) && ready.ValueKind == JsonValueKind.True;
        var caller = ServingHandler.CallerOf(context.Request);
        System.Globalization.CultureInfo.CurrentUICulture = ServingTexts.CultureOf(context.Request);
        await OpenInferenceAnswers.WriteAsync(context, StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartArray();
            foreach (var status in host.Statuses.Where(status => status.Phase != Phases.Staging && (!readyOnly || status.State == ModelStates.Serving)))
            {
                if (MetadataOf(status.App) is { } metadata && ServingAccess.IsPermitted(metadata, caller))
                {
                    Write(writer, status);
                }
            }

            writer.WriteEndArray();
        });
    }

    public Task LoadAsync(HttpContext context, string app) => SteerAsync(context, app, "load", (models, ct) => models.LoadAsync(app, ct));

    public Task UnloadAsync(HttpContext context, string app) => SteerAsync(context, app, "unload", (models, ct) => models.UnloadAsync(app, ct));

    private async Task SteerAsync(HttpContext context, string app, string verb, Func<IModelRepository, CancellationToken, Task<Result>> steer)
    {
        var error = repository is null ? new UnsupportedError("oip.no_repository") : Judge(context, app);
        if (error is null)
        {
            var body = await ReadAsync(context);
            error = body.Error ?? Check(body.Value!);
            body.Value?.Dispose();
        }

        error ??= (await steer(repository!, context.RequestAborted)).Error;
        if (error is not null)
        {
            await answers.WriteErrorAsync(context, error);
            return;
        }

        await OpenInferenceAnswers.WriteAsync(context, StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", app);
            writer.WriteBoolean(verb, true);
            writer.WriteEndObject();
        });
    }

    private Error? Judge(HttpContext context, string app)
    {
        var caller = ServingHandler.CallerOf(context.Request);
        var metadata = MetadataOf(app);
        if (metadata is null || !(IsLocal(context) || ServingAccess.IsPermitted(metadata, caller)))
        {
            return metadata is null ? new NotFoundError("serving.app_not_found", app.Length <= 64 ? app : app[..64] + "…") : new ForbiddenError("serving.not_acceptable");
        }

        // Public is the calling of a model, not the taking of it from everybody else.
        return IsLocal(context) || ServingAccess.IsPermitted(metadata with { Public = false }, caller) ? null : new ForbiddenError("oip.not_owner");
    }

    private AppMetadataDocument? MetadataOf(string app)
    {
        if (repository is not null)
        {
            return repository.MetadataOf(app);
        }

        using var lease = host.TryAcquire(app, Phases.Production) ?? host.TryAcquire(app, Phases.Grey);
        return lease?.Model.Metadata;
    }

    /// <summary>From this machine, and not by a page that some browser on it shows.</summary>
    private bool IsLocal(HttpContext context) =>
        options.LoopbackMayLoad
        && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && context.Request.Headers.Origin.Count == 0;

    private static InvalidError? Check(JsonDocument body) =>
        body.RootElement.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object
        && parameters.EnumerateObject().Any(parameter => parameter.Name == "config" || parameter.Name.StartsWith("file:", StringComparison.Ordinal))
            ? new InvalidError("parameters", "oip.no_overrides")
            : null;

    private void Write(Utf8JsonWriter writer, ModelStatus status)
    {
        writer.WriteStartObject();
        writer.WriteString("name", status.App);
        writer.WriteString("version", status.Version);
        writer.WriteString("state", status.State switch
        {
            ModelStates.Serving => "READY",
            ModelStates.Draining => "UNLOADING",
            ModelStates.Failed or ModelStates.Unloaded => "UNAVAILABLE",
            _ => "LOADING",
        });
        writer.WriteString("reason", status.ReasonCode.Length == 0 ? "" : texts.Text(new Problem("", status.ReasonCode, [.. status.ReasonArgs])));
        writer.WriteEndObject();
    }

    /// <summary>An object; an empty body is one without members.</summary>
    private static async Task<Result<JsonDocument>> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBody)
        {
            return new BodyTooLargeError(MaxBody);
        }

        var bytes = new byte[MaxBody + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (length > MaxBody)
        {
            return new BodyTooLargeError(MaxBody);
        }

        try
        {
            var document = JsonDocument.Parse(length == 0 ? "{}"u8.ToArray() : bytes.AsMemory(0, length), new JsonDocumentOptions { MaxDepth = InferLimits.MaxDepth });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return new InvalidError("$", "oip.not_object");
        }
        catch (JsonException exception)
        {
            return new InvalidError("$", "oip.not_json", exception.BytePositionInLine ?? 0);
        }
    }
}

/// <summary>Who may do what beyond calling models.</summary>
/// <param name="LoopbackMayLoad">Whoever is on this machine may load and unload models. The console's owners do it by their keys.</param>
internal sealed record OpenInferenceOptions(bool LoopbackMayLoad = false);
