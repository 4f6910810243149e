using System.Text;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Web.Features.Releases.Service;

/// <summary>An entry of the payload that a request to the app has.</summary>
/// <param name="IsText">Written rather than chosen: text or JSON.</param>
public sealed record PayloadSlot(string Name, bool IsText);

/// <summary>The request that is looked at while <c>service.yaml</c> is written.</summary>
public sealed class ServicePayload
{
    private readonly Dictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

    private ServicePayload(IReadOnlyList<PayloadSlot> slots) => Slots = slots;

    public IReadOnlyList<PayloadSlot> Slots { get; }

    /// <summary>The test case that it comes from; null where it was put together here.</summary>
    public Guid? TestCaseId { get; private set; }

    /// <summary>Every entry has something.</summary>
    public bool IsComplete => Slots.All(slot => _entries.ContainsKey(slot.Name));

    /// <summary>What the release's API takes; without one, what the model does.</summary>
    public static ServicePayload For(Release release)
    {
        if (release.ApiVersion?.Schema.Payload is { Count: > 0 } payload)
        {
            return new([.. payload.Select(entry => new PayloadSlot(entry.Name, entry.Type is PayloadTypes.Text or PayloadTypes.Json))]);
        }

        var inputs = release.Package?.Inspection.Inputs ?? [];
        return new(inputs.Count > 1 ? [.. inputs.Select(input => new PayloadSlot(input.Name, IsText: true))] : [new PayloadSlot("input", IsText: inputs is [{ Shape.Count: not 4 }])]);
    }

    public void SetFile(PayloadSlot slot, byte[] content) => (_entries[slot.Name], TestCaseId) = (content, null);

    /// <param name="text">Empty for nothing.</param>
    public void SetText(PayloadSlot slot, string text)
    {
        TestCaseId = null;
        _entries.Remove(slot.Name);
        if (text.Length > 0)
        {
            _entries[slot.Name] = Encoding.UTF8.GetBytes(text);
        }
    }

    public void Take(TestCase test)
    {
        _entries.Clear();
        _entries[Slots[0].Name] = test.Content;
        TestCaseId = test.Id;
    }

    /// <summary>What was written for an entry, to be shown; empty for files.</summary>
    public string TextOf(PayloadSlot slot) => slot.IsText && _entries.TryGetValue(slot.Name, out var content) ? Encoding.UTF8.GetString(content) : "";

    /// <summary>Null where nothing is chosen yet.</summary>
    public InferenceRequest? ToRequest() => _entries.Count == 0
        ? null
        : new InferenceRequest(_entries.ToDictionary(entry => entry.Key, entry => (ReadOnlyMemory<byte>)entry.Value, StringComparer.Ordinal), default);
}
