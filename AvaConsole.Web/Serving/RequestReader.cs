using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Web.Serving;

/// <summary>Reads the three forms of a call into what the pipeline works on, and says all that is wrong with it.</summary>
internal sealed class RequestReader(PayloadReader payloads)
{
    /// <summary><c>{"parameters": {…}, "payload": {…}}</c></summary>
    public async Task<Result<InferenceRequest>> ReadContentAsync(CompiledSchema schema, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var parsed = ServingJson.Parse(body);
        if (!parsed.IsSuccess)
        {
            return parsed.Error;
        }

        using var document = parsed.Value;
        var request = document.RootElement;
        if (schema.Validate(request) is { Count: > 0 } problems)
        {
            return new InvalidError(problems);
        }

        var payload = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var entry in schema.Entries)
        {
            if (!request.TryGetProperty("payload", out var entries) || !entries.TryGetProperty(entry.Name, out var value))
            {
                continue;
            }

            var bytes = await payloads.ReadAsync("$.payload." + entry.Name, entry, value, ct);
            if (!bytes.IsSuccess)
            {
                return bytes.Error;
            }

            payload[entry.Name] = bytes.Value;
        }

        return new InferenceRequest(payload, schema.WithDefaults(request.TryGetProperty("parameters", out var parameters) ? parameters : default));
    }

    /// <summary>AVA's <c>{"data": {"uri": "…"}, "params": {…}}</c>. Other members (<c>op</c>, <c>attribute</c>) are not looked at, as AVA does not.</summary>
    public async Task<Result<InferenceRequest>> ReadEvalAsync(CompiledSchema schema, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var parsed = ServingJson.Parse(body);
        if (!parsed.IsSuccess)
        {
            return parsed.Error;
        }

        using var document = parsed.Value;
        var request = document.RootElement;
        if (request.ValueKind != JsonValueKind.Object || !request.TryGetProperty("data", out var data))
        {
            return new InvalidError("$.data", "request.required", "data");
        }

        if (data.ValueKind == JsonValueKind.Array)
        {
            return new InvalidError("$.data", "request.eval_group");
        }

        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("uri", out var uri) || uri.ValueKind != JsonValueKind.String)
        {
            return new InvalidError("$.data.uri", "request.required", "uri");
        }

        var parameters = request.TryGetProperty("params", out var given) && given.ValueKind != JsonValueKind.Null ? given : default;
        if (Check(schema, parameters) is { } error)
        {
            return error;
        }

        var bytes = await payloads.FetchAsync("$.data.uri", uri.GetString()!, ct);
        return bytes.IsSuccess ? Request(schema, bytes.Value, parameters) : bytes.Error;
    }

    /// <summary>The body is the file itself (<c>application/octet-stream</c>), without parameters.</summary>
    public static Result<InferenceRequest> ReadRaw(CompiledSchema schema, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return new InvalidError("$", "request.payload_no_bytes");
        }

        return Check(schema, default) is { } error ? error : Request(schema, body, default);
    }

    private static InvalidError? Check(CompiledSchema schema, JsonElement parameters)
    {
        var target = Target(schema);
        if (target is null || schema.Entries.Any(entry => entry.Required && entry.Name != target))
        {
            return new InvalidError("$.data", "request.eval_one_input");
        }

        return schema.ValidateParameters(parameters, "$.params") is { Count: > 0 } problems ? new InvalidError(problems) : null;
    }

    private static InferenceRequest Request(CompiledSchema schema, ReadOnlyMemory<byte> bytes, JsonElement parameters) =>
        new(new Dictionary<string, ReadOnlyMemory<byte>> { [Target(schema)!] = bytes }, schema.WithDefaults(parameters));

    // AVA's form has one piece of data and no name for it.
    private static string? Target(CompiledSchema schema) => schema.ImageEntry ?? (schema.Entries.Count > 0 ? schema.Entries[0].Name : null);
}
