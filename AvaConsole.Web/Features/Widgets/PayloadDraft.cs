using System.Text;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Web.Features.Widgets;

/// <summary>An entry of the payload that a request to an app has.</summary>
/// <param name="Name">Empty for the only one of a model that is not known.</param>
/// <param name="Type">One of <see cref="PayloadTypes"/>; empty where it may be anything.</param>
public sealed record PayloadSlot(string Name, string Type)
{
    /// <summary>Can be written rather than chosen.</summary>
    public bool IsText => Type is PayloadTypes.Text or PayloadTypes.Json or "";

    /// <summary>What a file input offers.</summary>
    public string Accept => Type is PayloadTypes.Image or PayloadTypes.Audio ? Type + "/*" : "*/*";
}

/// <summary>A payload that is being put together: files, texts and JSON.</summary>
public sealed class PayloadDraft(IReadOnlyList<PayloadSlot> slots)
{
    private readonly Dictionary<string, TestCaseEntry> _entries = new(StringComparer.Ordinal);

    public IReadOnlyList<PayloadSlot> Slots => slots;

    /// <summary>The test case that it comes from; null where it was put together here.</summary>
    public Guid? TestCaseId { get; private set; }

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>What was given, in the slots' order.</summary>
    public IReadOnlyList<TestCaseEntry> Entries => [.. slots.Select(slot => _entries.GetValueOrDefault(slot.Name)).OfType<TestCaseEntry>()];

    /// <summary>What the API takes; one thing of any kind where there is none.</summary>
    public static PayloadDraft For(ApiSchema? api) =>
        new(api?.Payload is { Count: > 0 } payload ? [.. payload.Select(entry => new PayloadSlot(entry.Name, entry.Type))] : [new PayloadSlot("", "")]);

    /// <summary>What the release's API takes; without one, what its model does.</summary>
    public static PayloadDraft For(Release release) => release.ApiVersion is null && release.Package?.Inspection.Inputs is { Count: > 1 } inputs
        ? new([.. inputs.Select(input => new PayloadSlot(input.Name, PayloadTypes.Json))])
        : For(release.ApiVersion?.Schema);

    public void SetFile(PayloadSlot slot, string name, string mediaType, byte[] content) =>
        (_entries[slot.Name], TestCaseId) = (new TestCaseEntry(slot.Name, name, mediaType.Length > 0 ? mediaType : "application/octet-stream", content), null);

    /// <param name="text">Empty for nothing.</param>
    public void SetText(PayloadSlot slot, string text)
    {
        TestCaseId = null;
        _entries.Remove(slot.Name);
        if (text.Length > 0)
        {
            _entries[slot.Name] = new TestCaseEntry(slot.Name, "", slot.Type == PayloadTypes.Json ? "application/json" : "text/plain", Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>Entries that no slot has any more are left out.</summary>
    public void Take(TestCase test)
    {
        _entries.Clear();
        var first = slots.FirstOrDefault(slot => slot.Name == test.Entry) ?? slots[0];
        _entries[first.Name] = new TestCaseEntry(first.Name, test.FileName, test.MediaType, test.Content);
        foreach (var entry in test.More.Where(entry => entry.Name != first.Name))
        {
            _entries[entry.Name] = entry;
        }

        TestCaseId = test.Id;
    }

    public string? FileNameOf(PayloadSlot slot) => _entries.TryGetValue(slot.Name, out var entry) && entry.FileName.Length > 0 ? entry.FileName : null;

    /// <summary>What was written for an entry, to be shown; empty for files.</summary>
    public string TextOf(PayloadSlot slot) => slot.IsText && _entries.TryGetValue(slot.Name, out var entry) && entry.FileName.Length == 0 ? Encoding.UTF8.GetString(entry.Content) : "";

    /// <summary>Null where nothing is given yet.</summary>
    public InferenceRequest? ToRequest() => _entries.Count == 0
        ? null
        : new InferenceRequest(_entries.ToDictionary(entry => entry.Key.Length > 0 ? entry.Key : "input", entry => (ReadOnlyMemory<byte>)entry.Value.Content, StringComparer.Ordinal), default);
}
