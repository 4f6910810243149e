namespace AvaConsole.Tests.Inference.Fuzz;

/// <summary>Damages bytes in the ways that files are damaged and attacked; the same seed damages in the same way.</summary>
internal sealed class Mutations(int seed)
{
    // Lengths, counts and offsets go wrong at these.
    private static readonly byte[] s_edges = [0, 1, 0x7F, 0x80, 0xFE, 0xFF];

    private readonly Random _random = new(seed);

    /// <summary>A copy with one to eight damages, never longer than twice the original.</summary>
    public byte[] Of(byte[] original)
    {
        var bytes = original.ToList();
        for (var damage = _random.Next(1, 9); damage > 0; damage--)
        {
            Damage(bytes, original);
        }

        return [.. bytes];
    }

    private void Damage(List<byte> bytes, byte[] original)
    {
        if (bytes.Count < 2)
        {
            bytes.AddRange(original);
        }

        var at = _random.Next(bytes.Count);
        var length = Math.Min(_random.Next(1, 64), bytes.Count - at);
        switch (_random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                bytes[at] = s_edges[_random.Next(s_edges.Length)];
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4 when bytes.Count < 2 * original.Length:
                bytes.InsertRange(_random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 5:
                Fill(bytes, at, length, s_edges[_random.Next(s_edges.Length)]);
                break;
            default:
                Fill(bytes, at, length, null);
                break;
        }
    }

    private void Fill(List<byte> bytes, int at, int length, byte? value)
    {
        for (var index = at; index < at + length; index++)
        {
            bytes[index] = value ?? (byte)_random.Next(256);
        }
    }
}
