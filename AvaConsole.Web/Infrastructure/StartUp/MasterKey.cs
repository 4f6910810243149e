using System.Security.Cryptography;
using AvaConsole.Core.Common;
using Npgsql;

namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>
/// The key that seals every secret. From <c>Secrets:MasterKey</c>, else a file in the data directory, made at the first start. Consoles that
/// share a Postgres must share it: a sealed word in the database shows at start whether they do.
/// </summary>
internal sealed class MasterKey(StartUpSettings settings)
{
    private const string CheckPlace = "master_key_check";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string FilePath => Path.Combine(settings.Data.Keys, "master.key");

    /// <exception cref="StartUpException">The file is damaged.</exception>
    public SecretBox Open() => new(settings.MasterKey ?? ReadOrCreate());

    /// <exception cref="StartUpException">The database's secrets were sealed with another key.</exception>
    public async Task CheckAsync(NpgsqlDataSource database, SecretBox box, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO master_key_check (id, sealed) VALUES (1, $1) ON CONFLICT (id) DO NOTHING;
            """);
        command.Parameters.AddWithValue(box.Seal("AvaConsole"u8, CheckPlace));
        await command.ExecuteNonQueryAsync(ct);
        await using var query = database.CreateCommand("SELECT sealed FROM master_key_check WHERE id = 1");
        try
        {
            box.Open((byte[])(await query.ExecuteScalarAsync(ct))!, CheckPlace);
        }
        catch (CryptographicException)
        {
            var source = settings.MasterKey is null ? FilePath : "Secrets:MasterKey";
            throw new StartUpException(
                ExitCodes.InvalidConfiguration,
                $"The database's secrets were sealed with another master key than the one in {source}. Set Secrets:MasterKey to the key of the console that first used this database (its keys/master.key).");
        }
    }

    private byte[] ReadOrCreate()
    {
        if (!File.Exists(FilePath))
        {
            using var file = new FileStream(FilePath, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
            using var writer = new StreamWriter(file);
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        }

        var key = new byte[32];
        return Convert.TryFromBase64String(File.ReadAllText(FilePath).Trim(), key, out var length) && length == 32
            ? key
            : throw new StartUpException(ExitCodes.Unavailable, $"{FilePath} is damaged: it must hold 32 bytes in base64. Restore it; without it the stored secrets cannot be read.");
    }
}
