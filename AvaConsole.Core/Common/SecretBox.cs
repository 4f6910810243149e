using System.Security.Cryptography;
using System.Text;

namespace AvaConsole.Core.Common;

/// <summary>
/// Envelope encryption of secrets at rest: a fresh AES-256-GCM data key per value, wrapped by the master key. The associated
/// data binds a sealed value to its place, so that it cannot be moved to another row or key.
/// </summary>
/// <remarks>
/// Format: version (1 byte, 1) · key id (4) · wrapped data key (nonce 12, tag 16, 32) · value (nonce 12, tag 16, ciphertext).
/// </remarks>
/// <param name="masterKey">32 bytes.</param>
public sealed class SecretBox(byte[] masterKey)
{
    private const byte FormatVersion = 1;
    private const int HeaderLength = 1 + 4;
    private const int WrapLength = 12 + 32 + 16;
    private const int Overhead = HeaderLength + WrapLength + 12 + 16;

    private readonly byte[] _masterKey = masterKey.Length == 32
        ? masterKey
        : throw new ArgumentException("The master key must be 32 bytes.", nameof(masterKey));

    private readonly byte[] _keyId = SHA256.HashData(masterKey)[..4];

    public byte[] Seal(ReadOnlySpan<byte> plain, string place)
    {
        var box = new byte[Overhead + plain.Length];
        var associated = Encoding.UTF8.GetBytes(place);
        Span<byte> dataKey = stackalloc byte[32];
        RandomNumberGenerator.Fill(dataKey);
        box[0] = FormatVersion;
        _keyId.CopyTo(box, 1);
        Encrypt(_masterKey, dataKey, box.AsSpan(HeaderLength, WrapLength), associated);
        Encrypt(dataKey, plain, box.AsSpan(HeaderLength + WrapLength), associated);
        CryptographicOperations.ZeroMemory(dataKey);
        return box;
    }

    /// <exception cref="CryptographicException">Another master key, another place, or damaged.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, string place)
    {
        if (box.Length < Overhead || box[0] != FormatVersion || !box.Slice(1, 4).SequenceEqual(_keyId))
        {
            throw new CryptographicException("The value was sealed with another master key.");
        }

        var associated = Encoding.UTF8.GetBytes(place);
        var dataKey = Decrypt(_masterKey, box.Slice(HeaderLength, WrapLength), associated);
        var plain = Decrypt(dataKey, box[(HeaderLength + WrapLength)..], associated);
        CryptographicOperations.ZeroMemory(dataKey);
        return plain;
    }

    private static void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, Span<byte> target, byte[] associated)
    {
        RandomNumberGenerator.Fill(target[..12]);
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(target[..12], plain, target[28..], target.Slice(12, 16), associated);
    }

    private static byte[] Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> source, byte[] associated)
    {
        var plain = new byte[source.Length - 28];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(source[..12], source[28..], source.Slice(12, 16), plain, associated);
        return plain;
    }
}
