using System.Diagnostics;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>One inference request on its way, and what is known of it.</summary>
/// <param name="started">Timestamp of its arrival.</param>
internal sealed class InferCall(HttpContext context, long started)
{
    public HttpContext Context => context;

    public long Started => started;

    public string Id => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    /// <summary>The app that it is to be kept for; null where nobody asked for it.</summary>
    public Guid? Sampled { get; init; }

    /// <summary>Empty where no such app is served.</summary>
    public string App { get; set; } = "";

    public string Version { get; set; } = "";

    public int Status { get; set; }

    public TimeSpan Took { get; set; }

    public string Error { get; set; } = "";

    public int BatchSize { get; private set; }

    public string Request { get; private set; } = "";

    public string Answer { get; private set; } = "";

    /// <summary>Reads what is kept of the request, where anything is.</summary>
    public void Describe(IReadOnlyList<Tensor> inputs) => Request = Sampled is null ? "" : TensorSummary.Of("inputs", inputs);

    /// <summary>The same of the answer.</summary>
    public void Describe(IReadOnlyList<AnsweredOutput> outputs, int batchSize)
    {
        BatchSize = batchSize;
        Answer = Sampled is null ? "" : TensorSummary.Of("outputs", outputs.Select(output => output.Tensor));
    }
}
