using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;

namespace AvaConsole.Inference.Hosting;

/// <summary>Test cases as requests.</summary>
public static class CaseRequest
{
    // Any name finds the only entry, unless service.yaml wants one of its own.
    private const string UsualName = "image";

    public static InferenceRequest Of(TestCase test) => Of(test.Entry, test.Content, test.More.Select(entry => KeyValuePair.Create(entry.Name, entry.Content)));

    internal static InferenceRequest Of(WarmUpCase asked) => Of(asked.Entry, asked.Content, asked.More ?? new Dictionary<string, byte[]>());

    private static InferenceRequest Of(string? entry, byte[] content, IEnumerable<KeyValuePair<string, byte[]>> more)
    {
        var payload = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { [string.IsNullOrEmpty(entry) ? UsualName : entry] = content };
        foreach (var (name, bytes) in more)
        {
            payload[name] = bytes;
        }

        return new InferenceRequest(payload, default);
    }
}
