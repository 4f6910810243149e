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

    /// <summary>AVA's <c>{"data": {"uri": "…"}, "params": {…}}</c>; <c>data</c> may be a list, for an API of several inputs. Other members (<c>op</c>, <c>attribute</c>) are not looked at, as AVA does not.</summary>
    public async Task<Result<InferenceRequest>> ReadEvalAsync(CompiledSchema schema, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var parsed = ServingJson.Parse(body);
        if (!parsed.IsSuccess)
        {
            return parsed.Error;
        }

        using var document = parsed.Value;
        return await ReadEvalAsync(schema, document.RootElement, "$", ct);
    }

    /// <summary>The same of one item of a batch.</summary>
    /// <param name="path">Where it stands, for messages: <c>$</c>, or <c>$[3]</c>.</param>
    public async Task<Result<InferenceRequest>> ReadEvalAsync(CompiledSchema schema, JsonElement request, string path, CancellationToken ct)
    {
        if (request.ValueKind != JsonValueKind.Object || !request.TryGetProperty("data", out var data))
        {
            return new InvalidError($"{path}.data", "request.required", "data");
        }

        var parameters = request.TryGetProperty("params", out var given) && given.ValueKind != JsonValueKind.Null ? given : default;
        return data.ValueKind == JsonValueKind.Array
            ? await ReadGroupAsync(schema, data, parameters, path, ct)
            : await ReadOneAsync(schema, data, parameters, path, ct);
    }

    private async Task<Result<InferenceRequest>> ReadOneAsync(CompiledSchema schema, JsonElement data, JsonElement parameters, string path, CancellationToken ct)
    {
        if (UriOf(data) is not { } uri)
        {
            return new InvalidError($"{path}.data.uri", "request.required", "uri");
        }

        if (Check(schema, parameters, path) is { } error)
        {
            return error;
        }

        var bytes = await payloads.FetchAsync($"{path}.data.uri", uri, ct);
        return bytes.IsSuccess ? Request(schema, bytes.Value, parameters) : bytes.Error;
    }

    /// <summary>AVA's group: an input of the API for each, in the API's order.</summary>
    private async Task<Result<InferenceRequest>> ReadGroupAsync(CompiledSchema schema, JsonElement data, JsonElement parameters, string path, CancellationToken ct)
    {
        var (count, least) = (data.GetArrayLength(), schema.Entries.Count(entry => entry.Required));
        if (count == 0 || count > schema.Entries.Count || schema.Entries.Skip(count).Any(entry => entry.Required))
        {
            return new InvalidError($"{path}.data", "request.eval_group", Math.Max(1, least), schema.Entries.Count);
        }

        if (schema.ValidateParameters(parameters, $"{path}.params") is { Count: > 0 } problems)
        {
            return new InvalidError(problems);
        }

        var payload = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        for (var index = 0; index < count; index++)
        {
            var field = $"{path}.data[{index}].uri";
            if (UriOf(data[index]) is not { } uri)
            {
                return new InvalidError(field, "request.required", "uri");
            }

            var bytes = await payloads.FetchAsync(field, uri, ct);
            if (!bytes.IsSuccess)
            {
                return bytes.Error;
            }

            payload[schema.Entries[index].Name] = bytes.Value;
        }

        return new InferenceRequest(payload, schema.WithDefaults(parameters));
    }

    private static string? UriOf(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("uri", out var uri) && uri.ValueKind == JsonValueKind.String ? uri.GetString() : null;

    /// <summary>The body is the file itself (<c>application/octet-stream</c>), without parameters.</summary>
    public static Result<InferenceRequest> ReadRaw(CompiledSchema schema, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return new InvalidError("$", "request.payload_no_bytes");
        }

        return Check(schema, default, "$") is { } error ? error : Request(schema, body, default);
    }

    private static InvalidError? Check(CompiledSchema schema, JsonElement parameters, string path)
    {
        var target = Target(schema);
        if (target is null || schema.Entries.Any(entry => entry.Required && entry.Name != target))
        {
            return new InvalidError($"{path}.data", "request.eval_one_input");
        }

        return schema.ValidateParameters(parameters, $"{path}.params") is { Count: > 0 } problems ? new InvalidError(problems) : null;
    }

    private static InferenceRequest Request(CompiledSchema schema, ReadOnlyMemory<byte> bytes, JsonElement parameters) =>
        new(new Dictionary<string, ReadOnlyMemory<byte>> { [Target(schema)!] = bytes }, schema.WithDefaults(parameters));

    // AVA's form has one piece of data and no name for it.
    private static string? Target(CompiledSchema schema) => schema.ImageEntry ?? (schema.Entries.Count > 0 ? schema.Entries[0].Name : null);
}
