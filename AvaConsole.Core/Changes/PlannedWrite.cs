using AvaConsole.Core.Configuration;

namespace AvaConsole.Core.Changes;

/// <summary>One intended write, and the entry that it was worked out from.</summary>
/// <param name="Current">As read; null where the key did not exist. Application is refused if it moved since.</param>
/// <param name="Value">Null deletes the key.</param>
/// <param name="Always">Write it even where nothing changes: the key is there to make plans conflict.</param>
internal sealed record PlannedWrite(string Key, ConfigEntry? Current, ReadOnlyMemory<byte>? Value, bool Always = false)
{
    public bool ChangesNothing => Value is { } value
        ? Current is not null && Current.Value.Span.SequenceEqual(value.Span)
        : Current is null;
}
