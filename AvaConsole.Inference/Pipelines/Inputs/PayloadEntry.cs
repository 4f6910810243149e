using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Finds the payload entry that an input comes from.</summary>
internal static class PayloadEntry
{
    // What callers name a thing where no API and no service.yaml does.
    private static readonly string[] s_usualNames = ["image", "picture", "data", "img", "text", "audio", "input"];

    /// <summary>What an entry may always be called: as the description says, <c>image</c> for pictures, or like the tensor.</summary>
    public static string NameOf(InputDescription description, string tensor) => description.Entry ?? (description is PictureInput ? s_usualNames[0] : tensor);

    /// <summary>The entry that the description names; else the one named like the tensor, the only one, or one with a usual name.</summary>
    /// <returns>Error <c>request.entry_missing</c> with the names that were looked for and those that are there.</returns>
    public static Result<KeyValuePair<string, ReadOnlyMemory<byte>>> Find(InferenceRequest request, InputDescription description, string tensor)
    {
        string[] names = description.Entry is { } entry ? [entry] : [tensor, .. s_usualNames];
        foreach (var name in names)
        {
            if (request.Payload.TryGetValue(name, out var bytes))
            {
                return KeyValuePair.Create(name, bytes);
            }
        }

        return description.Entry is null && request.Payload.Count == 1
            ? request.Payload.First()
            : new InvalidError("$.payload", "request.entry_missing", names[0], EntryName.Show(string.Join(", ", request.Payload.Keys.Take(10))));
    }
}
