using System.Text;
using AvaConsole.Core.Common;

namespace AvaConsole.Web.Infrastructure.EmbeddedPostgres;

/// <summary>The folder of the Unix socket. Nothing listens on the network.</summary>
internal static class PostgresSocket
{
    private const string FileName = ".s.PGSQL.5432.lock";
    private const int LongestPath = 107;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>In the data directory, or, where that path is too long for a socket, a fresh folder under /tmp.</summary>
    public static string Prepare(DataDirectory data)
    {
        var note = Path.Combine(data.Root, "postgres.socket");
        RemoveFormer(note);
        var folder = Path.Combine(data.Root, "run");
        if (Encoding.UTF8.GetByteCount(Path.Combine(folder, FileName)) <= LongestPath)
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder, Private);
        }
        else
        {
            folder = Path.Combine("/tmp", "avaconsole-" + Path.GetRandomFileName());
            Directory.CreateDirectory(folder, Private);
            File.WriteAllText(note, folder);
        }

        PostgresUser.Give(folder);
        return folder;
    }

    public static void Remove(DataDirectory data) => RemoveFormer(Path.Combine(data.Root, "postgres.socket"));

    private static void RemoveFormer(string note)
    {
        if (!File.Exists(note)) return;
        var former = File.ReadAllText(note);
        if (former.StartsWith("/tmp/avaconsole-", StringComparison.Ordinal) && !former.Contains("..", StringComparison.Ordinal) && Directory.Exists(former))
        {
            Directory.Delete(former, recursive: true);
        }

        File.Delete(note);
    }
}
