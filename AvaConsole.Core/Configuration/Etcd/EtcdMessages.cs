using System.Text.Json;
using System.Text.Json.Serialization;

namespace AvaConsole.Core.Configuration.Etcd;

/// <summary>The gateway's JSON: snake_case names, 64-bit integers as strings, bytes as base64, zero values left out.</summary>
internal static class EtcdJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}

internal sealed record EtcdHeader(long Revision);

internal sealed record EtcdKeyValue(byte[] Key, byte[]? Value, long CreateRevision, long ModRevision, long Version, long Lease)
{
    public ConfigEntry ToEntry() => new(KeyText, Value ?? [], CreateRevision, ModRevision, Version, Lease);

    [JsonIgnore]
    public string KeyText => System.Text.Encoding.UTF8.GetString(Key);
}

internal sealed record EtcdRangeRequest(byte[] Key, byte[]? RangeEnd = null, long? Limit = null, long? Revision = null, bool? CountOnly = null);

internal sealed record EtcdRangeResponse(EtcdHeader Header, EtcdKeyValue[]? Kvs, bool More);

internal sealed record EtcdCompare(byte[] Key, long ModRevision, string Target = "MOD", string Result = "EQUAL");

internal sealed record EtcdPut(byte[] Key, ReadOnlyMemory<byte> Value, long? Lease);

internal sealed record EtcdDelete(byte[] Key);

internal sealed record EtcdOperation(EtcdPut? RequestPut, EtcdDelete? RequestDeleteRange);

internal sealed record EtcdTxnRequest(EtcdCompare[] Compare, EtcdOperation[] Success);

internal sealed record EtcdTxnResponse(EtcdHeader Header, bool Succeeded);

internal sealed record EtcdWatchRequest(EtcdWatchCreate CreateRequest);

internal sealed record EtcdWatchCreate(byte[] Key, byte[] RangeEnd, long StartRevision, bool ProgressNotify);

internal sealed record EtcdWatchResponse(
    EtcdHeader Header, bool Created, bool Canceled, long CompactRevision, string? CancelReason, EtcdEvent[]? Events);

internal sealed record EtcdEvent(string? Type, EtcdKeyValue Kv)
{
    public ConfigEvent ToConfigEvent() => new(Kv.KeyText, Type == "DELETE" ? null : Kv.ToEntry(), Kv.ModRevision);
}

internal sealed record EtcdLease(
    [property: JsonPropertyName("ID")] long? Id = null,
    [property: JsonPropertyName("TTL")] long? TimeToLive = null);

internal sealed record EtcdAuthenticateRequest(string Name, string Password);

internal sealed record EtcdAuthenticateResponse(string? Token);

/// <summary>One line of a stream: a result or the error that ended it.</summary>
internal sealed record EtcdStreamLine<T>(T? Result, EtcdStreamError? Error);

internal sealed record EtcdStreamError(int GrpcCode, string? Message);

internal sealed record EtcdErrorBody(int? Code, string? Message);

internal sealed record EtcdNothing;
