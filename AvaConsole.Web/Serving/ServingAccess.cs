using System.Security.Cryptography;
using System.Text;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Web.Serving;

/// <summary>Who may call an app: anybody a public one, otherwise the owner's key pair or a signed-in console user.</summary>
internal static class ServingAccess
{
    public static bool IsPermitted(AppMetadataDocument metadata, ServingCaller caller) =>
        metadata.Public || caller switch
        {
            ServingCaller.ConsoleUser => true,
            ServingCaller.KeyHolder keys => IsOwner(metadata.Owner, keys),
            _ => false,
        };

    private static bool IsOwner(OwnerDocument? owner, ServingCaller.KeyHolder keys)
    {
        // An owner without a key pair has no callers; an empty pair must not match an empty one.
        if (owner is null || owner.Ak.Length == 0 || owner.Sk.Length == 0)
        {
            return false;
        }

        return SameText(owner.Ak, keys.AccessKey) & SameText(owner.Sk, keys.SecretKey);
    }

    // Digests have one length, so the comparison's time tells nothing about the secret's.
    private static bool SameText(string expected, string given) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(expected)),
        SHA256.HashData(Encoding.UTF8.GetBytes(given)));
}
