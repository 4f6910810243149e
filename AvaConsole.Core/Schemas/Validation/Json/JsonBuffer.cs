namespace AvaConsole.Core.Schemas.Validation.Json;

/// <summary>The arrays that a document is parsed into; kept by a thread and used again, so that a call allocates nothing.</summary>
internal sealed class JsonBuffer
{
    /// <summary>Rows beyond which the arrays of one large document are given up instead of kept.</summary>
    private const int MaxKept = 1 << 16;

    public JsonRow[] Rows { get; set; } = new JsonRow[256];

    public int[] Open { get; set; } = new int[64];

    public int Count { get; set; }

    public JsonView View(ReadOnlySpan<byte> text) => new(text, Rows.AsSpan(0, Count));

    public void Trim()
    {
        Count = 0;
        if (Rows.Length > MaxKept)
        {
            Rows = new JsonRow[256];
        }
    }
}
