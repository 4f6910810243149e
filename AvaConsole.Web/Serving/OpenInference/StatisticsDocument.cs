using System.Text.Json;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>A model's figures as Triton's statistics extension writes them; behind an ensemble's own, as <c>NAME/MODEL</c>, those of its models.</summary>
internal static class StatisticsDocument
{
    public static void Write(Utf8JsonWriter writer, IServedModel model)
    {
        Write(writer, model.App, model.Version, model.Figures);
        foreach (var part in model.Parts)
        {
            Write(writer, $"{model.App}/{part.Name}", model.Version, part.Figures);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, string version, ModelFigures figures)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("version", version);
        writer.WriteNumber("last_inference", figures.LastInference?.ToUnixTimeMilliseconds() ?? 0);
        writer.WriteNumber("inference_count", figures.Rows);
        writer.WriteNumber("execution_count", figures.Executions);
        writer.WriteStartObject("inference_stats");
        Write(writer, "success", figures.Success);
        Write(writer, "fail", figures.Fail);
        Write(writer, "queue", figures.Queue);
        WriteCompute(writer, figures.Input, figures.Infer, figures.Output);

        // There is no response cache.
        Write(writer, "cache_hit", default);
        Write(writer, "cache_miss", default);
        writer.WriteEndObject();
        writer.WriteStartArray("batch_stats");
        foreach (var batch in figures.Batches)
        {
            writer.WriteStartObject();
            writer.WriteNumber("batch_size", batch.Rows);
            WriteCompute(writer, batch.Input, batch.Infer, batch.Output);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCompute(Utf8JsonWriter writer, CountedTime input, CountedTime infer, CountedTime output)
    {
        Write(writer, "compute_input", input);
        Write(writer, "compute_infer", infer);
        Write(writer, "compute_output", output);
    }

    private static void Write(Utf8JsonWriter writer, string name, CountedTime time)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("count", time.Count);
        writer.WriteNumber("ns", time.Nanoseconds);
        writer.WriteEndObject();
    }
}
