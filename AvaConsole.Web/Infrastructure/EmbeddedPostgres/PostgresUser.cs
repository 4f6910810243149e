using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Web.Infrastructure.StartUp;

namespace AvaConsole.Web.Infrastructure.EmbeddedPostgres;

/// <summary>
/// Who PostgreSQL runs as: the console's own user, or <c>nobody</c> where the console is root, because PostgreSQL refuses that.
/// Then it must still reach its binaries and data below folders such as <c>/root</c>, which only root may enter.
/// </summary>
internal sealed class PostgresUser
{
    private const uint Nobody = 65534;
    private const int ReadSearchCapability = 2;
    private const UnixFileMode Enter = UnixFileMode.OtherExecute;

    private readonly List<string> _prefix;

    private PostgresUser(List<string> prefix) => _prefix = prefix;

    /// <exception cref="StartUpException">The console is root and cannot become somebody else.</exception>
    public static PostgresUser Choose(DataDirectory data, PostgresBinaries binaries)
    {
        var setpriv = FindTool("setpriv");
        if (!Posix.IsRoot) return new PostgresUser(setpriv is null ? [] : [setpriv]);
        if (setpriv is null)
        {
            throw new StartUpException(ExitCodes.Unavailable, "PostgreSQL does not run as root and setpriv (util-linux) is missing. Start the console as another user, or set ConnectionStrings:Postgres.");
        }

        File.SetUnixFileMode(data.Root, File.GetUnixFileMode(data.Root) | Enter);
        List<string> prefix = [setpriv, $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"];
        var closed = FindClosedFolder(data.Root) ?? FindClosedFolder(binaries.Folder);
        if (closed is not null)
        {
            if (!HasReadSearchCapability())
            {
                throw new StartUpException(ExitCodes.Unavailable, $"PostgreSQL runs as user nobody, who may not enter {closed}. Choose another directory with --data DIR, or start the console as an ordinary user.");
            }

            // Reads and enters what root may, and nothing more: it stays unable to write outside its own folder. Without the secure bit
            // access(2), by which initdb looks for its own programs, would leave the capability out of account.
            prefix.AddRange(["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search", "--securebits=+no_setuid_fixup"]);
        }

        return new PostgresUser(prefix);
    }

    /// <summary>The command that runs a program as this user.</summary>
    public IReadOnlyList<string> Wrap(params IReadOnlyList<string> command) => [.. _prefix, .. command];

    /// <summary>
    /// The same for a server: in a session of its own, so that Ctrl-C in a terminal reaches only the console, and told by
    /// the kernel to shut down when the console is killed.
    /// </summary>
    public IReadOnlyList<string> WrapServer(params IReadOnlyList<string> command)
    {
        var setsid = FindTool("setsid");
        IReadOnlyList<string> session = setsid is null ? [] : [setsid];
        return _prefix.Count == 0 ? [.. session, .. command] : [.. session, .. _prefix, "--pdeathsig=INT", .. command];
    }

    /// <summary>Makes the user the owner of a folder and all in it.</summary>
    public static void Give(string path)
    {
        if (!Posix.IsRoot) return;
        Posix.ChangeOwner(path, Nobody, Nobody);
        if (!Directory.Exists(path) || File.ResolveLinkTarget(path, returnFinalTarget: false) is not null) return;
        foreach (var entry in Directory.EnumerateFileSystemEntries(path)) Give(entry);
    }

    private static string? FindClosedFolder(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if ((folder.UnixFileMode & Enter) == 0) return folder.FullName;
        }

        return null;
    }

    private static bool HasReadSearchCapability()
    {
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith("CapEff:", StringComparison.Ordinal));
        return line is not null
            && ulong.TryParse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits)
            && (bits & (1UL << ReadSearchCapability)) != 0;
    }

    private static string? FindTool(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Append("/usr/bin")
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
