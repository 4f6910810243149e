using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>
/// An ensemble as one model of the Open Inference Protocol: each payload entry is a BYTES tensor of one element (a picture file's bytes, a
/// text's UTF-8, a JSON document), <c>parameters</c> are JSON and may be left out, and <c>result</c> is the answer's JSON.
/// </summary>
internal sealed class EnsembleTensors
{
    private const string ParametersName = "parameters";
    private const string ResultName = "result";
    private const int MaxDepth = 16;

    private static readonly JsonSerializerOptions s_text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Pipeline _pipeline;
    private readonly RequestCheck _check;
    private readonly bool _takesParameters;

    public EnsembleTensors(Pipeline pipeline, IReadOnlyList<string> entries)
    {
        _pipeline = pipeline;
        _takesParameters = !entries.Contains(ParametersName, StringComparer.Ordinal);
        Signature = new ModelSignature(
            [.. entries.Select(entry => Port(entry)), .. _takesParameters ? [Port(ParametersName, isOptional: true)] : Array.Empty<ModelPort>()], [Port(ResultName)]);
        _check = new RequestCheck(Signature);
    }

    public ModelSignature Signature { get; }

    /// <summary>The same errors as <see cref="Pipeline.AnswerAsync"/>, and <c>tensor.*</c> where the request does not fit the signature.</summary>
    public async Task<Result<TensorAnswer>> RunAsync(Admission admission, TensorRequest request, CancellationToken ct)
    {
        if (_check.Check(request, inRows: false) is { Count: > 0 } problems)
        {
            return new InvalidError(problems);
        }

        var given = _takesParameters ? request.Inputs.FirstOrDefault(input => input.Name == ParametersName) : null;
        using var parameters = given is null ? null : Parse(given.Texts[0]);
        if (given is not null && parameters is null)
        {
            return new InvalidError($"inputs[{ParametersName}]", "tensor.not_json_object");
        }

        var payload = request.Inputs.Where(input => input != given).ToDictionary(input => input.Name, input => input.Texts[0], StringComparer.Ordinal);
        var answer = await AnswerAsync(admission, new InferenceRequest(payload, parameters?.RootElement ?? default), request.Timeout, ct).ConfigureAwait(false);
        return answer.IsSuccess ? ToTensor(answer.Value) : answer.Error;
    }

    private async Task<Result<InferenceAnswer>> AnswerAsync(Admission admission, InferenceRequest request, TimeSpan? timeout, CancellationToken ct)
    {
        if (timeout is not { } limit || limit >= admission.Left)
        {
            return await _pipeline.AnswerAsync(admission, request, ct).ConfigureAwait(false);
        }

        using var shorter = CancellationTokenSource.CreateLinkedTokenSource(ct);
        shorter.CancelAfter(limit);
        try
        {
            return await _pipeline.AnswerAsync(admission, request, shorter.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Batcher.TimedOut();
        }
    }

    private static TensorAnswer ToTensor(InferenceAnswer answer)
    {
        var json = Encoding.UTF8.GetBytes(answer.Result.ToJsonString(s_text));
        return new TensorAnswer([new Tensor(ResultName, TensorType.Bytes, [1]) { Texts = [json] }], answer.Timing);
    }

    /// <summary>Null where it is no object.</summary>
    private static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // Told to the caller like any other value that is none.
        }

        return null;
    }

    private static ModelPort Port(string name, bool isOptional = false) => new(name, PortKind.Tensor, TensorType.Bytes, [1], isOptional);
}
