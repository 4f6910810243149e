using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Data;

namespace AvaConsole.Core.Audit;

/// <summary>
/// Adds audit entries to a context, so that they are written in the same transaction as what they record: no entry, no change.
/// </summary>
public sealed class AuditLog(TimeProvider clock)
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mask = "***";

    private static readonly HashSet<string> s_secrets = new(StringComparer.OrdinalIgnoreCase) { "sk", "secretKey", "password", "sealedSecretKey", "sealedValue" };

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <param name="before">Written as camelCase JSON with secrets masked; null where there was nothing.</param>
    internal void Add(AvaDbContext db, Actor actor, string action, string subjectType, Guid? subjectId, string subjectName, object? before = null, object? after = null) =>
        db.AuditEntries.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            ActorId = actor.AccountId,
            ActorName = actor.Name,
            Address = actor.Address,
            Action = action,
            SubjectType = subjectType,
            SubjectId = subjectId,
            SubjectName = subjectName,
            Before = Write(before),
            After = Write(after),
        });

    private static string? Write(object? value)
    {
        var node = value is null ? null : JsonSerializer.SerializeToNode(value, s_options);
        MaskSecrets(node);
        return node?.ToJsonString(s_options);
    }

    /// <summary>Replaces every member that is a secret by its name, at any depth; empty ones stay empty.</summary>
    internal static void MaskSecrets(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                MaskSecrets(item);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (!s_secrets.Contains(name))
                {
                    MaskSecrets(value);
                }
                else if (value is not null && !(value is JsonValue text && text.TryGetValue<string>(out var known) && known.Length == 0))
                {
                    members[name] = Mask;
                }
            }
        }
    }
}

/// <summary>Values of <see cref="AuditEntry.SubjectType"/>.</summary>
internal static class AuditSubjects
{
    public const string Api = "api";
    public const string App = "app";
    public const string Package = "package";
    public const string Release = "release";
    public const string Change = "change";
    public const string Account = "account";
    public const string Registry = "registry";
    public const string Settings = "settings";
    public const string Recipe = "recipe";
}
