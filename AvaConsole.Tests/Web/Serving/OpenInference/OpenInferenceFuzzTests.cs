using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace AvaConsole.Tests.Web.Serving.OpenInference;

/// <summary>Damaged bodies: whatever comes, the answer is a 200 or says what is wrong, and it comes.</summary>
[Collection(OpenInferenceCollection.Name)]
public sealed class OpenInferenceFuzzTests(OpenInferenceServer server)
{
    private const int Rounds = 1500;
    private const int Seed = 20261121;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static readonly string[] s_words = ["null", "NaN", "1e999", "-", "[", "]", "{", "}", "\"", ",", "\\ud800", "99999999999999999999", "\"data\"", "\"shape\":[0]", "true", "\u0000", "binary_data_size"];

    [Fact]
    public async Task Infer_DamagedJson_IsAnsweredOrRefused()
    {
        var random = new Random(Seed);
        var whole = Encoding.UTF8.GetBytes(
            """{"id":"x","parameters":{"priority":1},"inputs":[{"name":"in","shape":[2,3],"datatype":"FP32","parameters":{"a":[1]},"data":[[1.5,-2e3,3],[4,5,6.25]]}],"outputs":[{"name":"out","parameters":{"classification":2}}]}""");
        for (var round = 0; round < Rounds; round++)
        {
            await SendAsync(Damage(random, whole), null);
        }
    }

    [Fact]
    public async Task Infer_DamagedBinary_IsAnsweredOrRefused()
    {
        var random = new Random(Seed);
        var json = Encoding.UTF8.GetBytes(
            """{"inputs":[{"name":"in","shape":[2,3],"datatype":"FP32","parameters":{"binary_data_size":24}}],"outputs":[{"name":"out","parameters":{"binary_data":true}}]}""");
        byte[] whole = [.. json, .. MemoryMarshal.AsBytes<float>([1, 2, 3, 4, 5, 6])];
        for (var round = 0; round < Rounds; round++)
        {
            await SendAsync(Damage(random, whole), random.Next(4) == 0 ? random.Next(-2, whole.Length + 10) : json.Length);
        }
    }

    private async Task SendAsync(byte[] body, int? header)
    {
        var headers = header is { } length ? new[] { ("Inference-Header-Content-Length", $"{length}") } : [];

        using var response = await server.SendAsync("/v2/models/echo_FP32/infer", body, headers).WaitAsync(s_patience);

        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{response.StatusCode} for {Encoding.Latin1.GetString(body)}");
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            Assert.NotNull(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]);
        }
    }

    private static byte[] Damage(Random random, byte[] whole)
    {
        var bytes = whole.ToList();
        for (var change = random.Next(1, 4); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(Math.Min(20, bytes.Count - at) + 1));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(s_words[random.Next(s_words.Length)]));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, random.Next(Math.Min(40, bytes.Count - at) + 1)));
                    break;
            }
        }

        return [.. bytes];
    }
}
