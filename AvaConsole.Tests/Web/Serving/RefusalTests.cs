using System.Net.Sockets;
using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Tests.Web.Serving;

/// <summary>Whoever is not going to be answered is told so before the body is sent: the caller here never sends one.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly ServingServer _server = new();

    public static TheoryData<string> Routes => ["/v2/models/digits/infer", "/v2/models/digits/versions/20261101-v1/infer", "/v1/eval/digits", "/api/content/digits"];

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Call_WhereTooMuchIsInFlight_IsRefusedUnread(string route)
    {
        _server.Host.Models.Add(new FakeModel { App = "digits", Refusal = new BusyError("serving.busy", 7, 1) });

        var answer = await SendHeadAsync(route);

        Assert.StartsWith("HTTP/1.1 429 ", answer, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 7\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(0, _server.Host.OpenLeases);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Call_ThatWouldTakeTooLong_IsRefusedUnread(string route)
    {
        _server.Host.Models.Add(new FakeModel { App = "digits", Refusal = new UnavailableError("serving.overloaded", 3) });

        var answer = await SendHeadAsync(route);

        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("Retry-After: ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v2/models/digits/infer", 401)]
    [InlineData("/v1/eval/digits", 406)]
    [InlineData("/v2/models/nothing/infer", 404)]
    public async Task Call_OfWhomMayNot_IsRefusedUnread(string route, int status)
    {
        _server.Host.Models.Add(new FakeModel { App = "digits", Metadata = new AppMetadataDocument(), Refusal = new BusyError("serving.busy", 7, 1) });

        Assert.StartsWith($"HTTP/1.1 {status} ", await SendHeadAsync(route), StringComparison.Ordinal);
    }

    private async Task<string> SendHeadAsync(string route)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_server.Address.Host, _server.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {route} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"));
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer).AsTask().WaitAsync(s_patience);
            if (read == 0)
            {
                break;
            }

            answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }
}
