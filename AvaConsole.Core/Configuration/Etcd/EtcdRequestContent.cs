using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AvaConsole.Core.Configuration.Etcd;

/// <summary>
/// A JSON body that knows whether it was handed to the network, and refuses to be handed there twice: the handler may
/// replay a request on a fresh connection, which must never happen to a transaction.
/// </summary>
internal sealed class EtcdRequestContent : HttpContent
{
    private readonly byte[] _body;

    public EtcdRequestContent(object request)
    {
        _body = JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), EtcdJson.Options);
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    public bool Started { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Started)
            throw new InvalidOperationException("An etcd request was about to be sent twice.");
        Started = true;
        return stream.WriteAsync(_body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
