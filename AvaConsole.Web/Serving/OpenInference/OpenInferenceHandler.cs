using System.Reflection;
using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>What the protocol tells about the server and its models.</summary>
internal sealed class OpenInferenceHandler(IModelHost host, ServingGate gate, OpenInferenceAnswers answers)
{
    private const string ServerName = "AvaConsole";
    private const string Platform = "onnx_onnxv1";

    private static readonly string[] s_extensions = ["binary_tensor_data", "classification", "model_repository", "statistics"];

    private static readonly string s_version =
        typeof(OpenInferenceHandler).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static Task LiveAsync(HttpContext context) => OpenInferenceAnswers.WriteAsync(context, StatusCodes.Status200OK, writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("live", true);
        writer.WriteEndObject();
    });

    public Task ReadyAsync(HttpContext context)
    {
        var isReady = host.IsReady;
        return OpenInferenceAnswers.WriteAsync(context, isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("live", true);
            writer.WriteBoolean("ready", isReady);
            writer.WriteEndObject();
        });
    }

    public static Task ServerAsync(HttpContext context) => OpenInferenceAnswers.WriteAsync(context, StatusCodes.Status200OK, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("name", ServerName);
        writer.WriteString("version", s_version);
        writer.WriteStartArray("extensions");
        foreach (var extension in s_extensions)
        {
            writer.WriteStringValue(extension);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public Task ModelReadyAsync(HttpContext context, ServingTarget target) => WithModelAsync(context, target, (writer, model) =>
    {
        writer.WriteStartObject();
        writer.WriteString("name", model.App);
        writer.WriteBoolean("ready", true);
        writer.WriteEndObject();
    });

    public Task ModelAsync(HttpContext context, ServingTarget target) => WithModelAsync(context, target, (writer, model) =>
    {
        var signature = PublishedSignature.Of(model.Signature);
        writer.WriteStartObject();
        writer.WriteString("name", model.App);
        writer.WriteStartArray("versions");
        foreach (var version in VersionsOf(model))
        {
            writer.WriteStringValue(version);
        }

        writer.WriteEndArray();
        writer.WriteString("platform", Platform);
        WritePorts(writer, "inputs", signature.Inputs);
        WritePorts(writer, "outputs", signature.Outputs);
        writer.WriteEndObject();
    });

    /// <param name="app">Null for all models.</param>
    /// <param name="version">Null for all versions.</param>
    public async Task StatisticsAsync(HttpContext context, string? app, string? version)
    {
        var caller = ServingHandler.CallerOf(context.Request);
        if (app is not null && Refuse(app, version, caller) is { } refused)
        {
            await answers.WriteErrorAsync(context, refused);
            return;
        }

        await OpenInferenceAnswers.WriteAsync(context, StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("model_stats");
            foreach (var status in host.Statuses.Where(status => (app ?? status.App) == status.App && (version ?? status.Version) == status.Version))
            {
                using var lease = gate.Enter(ServingTarget.ForVersion(status.App, status.Version), caller, out _);
                if (lease is not null)
                {
                    StatisticsDocument.Write(writer, lease.Model);
                }
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private Error? Refuse(string app, string? version, ServingCaller caller)
    {
        var target = version is null ? ServingTarget.ForPhase(app, Phases.Production) : ServingTarget.ForVersion(app, version);
        using var lease = gate.Enter(target, caller, out var refused);
        return refused;
    }

    private async Task WithModelAsync(HttpContext context, ServingTarget target, Action<Utf8JsonWriter, IServedModel> write)
    {
        using var lease = gate.Enter(target, ServingHandler.CallerOf(context.Request), out var refused);
        if (lease is null)
        {
            await answers.WriteErrorAsync(context, refused!);
            return;
        }

        await OpenInferenceAnswers.WriteAsync(context, StatusCodes.Status200OK, writer => write(writer, lease.Model));
    }

    private IEnumerable<string> VersionsOf(IServedModel model) => host.Statuses
        .Where(status => status.App == model.App && status is { State: ModelStates.Serving, Phase: not Phases.Staging })
        .Select(status => status.Version)
        .Append(model.Version)
        .Distinct();

    private static void WritePorts(Utf8JsonWriter writer, string name, IReadOnlyList<PublishedPort> ports)
    {
        writer.WriteStartArray(name);
        foreach (var port in ports)
        {
            writer.WriteStartObject();
            writer.WriteString("name", port.Name);
            writer.WriteString("datatype", port.Datatype);
            writer.WriteStartArray("shape");
            foreach (var length in port.Shape)
            {
                writer.WriteNumberValue(length);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
