using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Core.Changes;

/// <summary>What a plan writes: its hash, its exact bytes, and the form that may be shown.</summary>
internal static class ChangeContent
{
    private static readonly JsonSerializerOptions s_display = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// One line per operation: key, expected revision, digest of the new value (<c>-</c> for a deletion). Keys hold no control
    /// character, so no two lists give the same text.
    /// </summary>
    public static string Hash(IEnumerable<PlannedOperation> operations)
    {
        var text = new StringBuilder();
        foreach (var operation in operations)
        {
            text.Append(CultureInfo.InvariantCulture, $"{operation.Key}\t{operation.ExpectedModRevision}\t{(operation.SealedValue is null ? "-" : operation.ValueSha256)}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The exact writes; null where what is stored is not what was approved.</summary>
    /// <exception cref="CryptographicException">Sealed with another master key, or damaged.</exception>
    public static List<ConfigOperation>? Open(ChangePlan plan, SecretBox secrets)
    {
        if (Hash(plan.Operations) != plan.ContentHash)
        {
            return null;
        }

        var operations = new List<ConfigOperation>(plan.Operations.Count + 1);
        foreach (var operation in plan.Operations)
        {
            byte[]? value = operation.SealedValue is { } box ? secrets.Open(box, operation.Key) : null;
            if (value is not null && Convert.ToHexStringLower(SHA256.HashData(value)) != operation.ValueSha256)
            {
                return null;
            }

            operations.Add(value is null ? ConfigOperation.Delete(operation.Key) : ConfigOperation.Put(operation.Key, value));
        }

        return operations;
    }

    /// <summary>As the audit log keeps a proposal.</summary>
    public static object Describe(ChangePlan plan) => new
    {
        kind = plan.Kind,
        reason = plan.Reason,
        contentHash = plan.ContentHash,
        operations = plan.Operations.Select(operation => new { key = operation.Key, expected = operation.ExpectedModRevision, old = operation.OldDisplay, @new = operation.NewDisplay }),
    };

    /// <summary>The value as text with secrets masked. What is not JSON is not shown: it cannot be told where its secrets are.</summary>
    public static string Display(ReadOnlyMemory<byte> value)
    {
        try
        {
            var node = JsonNode.Parse(value.Span);
            AuditLog.MaskSecrets(node);
            return node?.ToJsonString(s_display) ?? "null";
        }
        catch (JsonException)
        {
            return $"({value.Length} bytes)";
        }
    }
}
