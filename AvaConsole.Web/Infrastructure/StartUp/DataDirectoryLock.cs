using System.Globalization;
using AvaConsole.Core.Common;

namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>Prepares the data directory and holds it: one console per directory. The kernel releases it when the process dies.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    // An empty cluster with the console's tables takes 50 MB; a console that runs needs room for its write-ahead log at least.
    private const long LeastForNew = 150_000_000;
    private const long LeastForExisting = 40_000_000;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <exception cref="StartUpException">Not to be created, not writable, full, or another console holds it.</exception>
    public static DataDirectoryLock Acquire(DataDirectory data)
    {
        try
        {
            Directory.CreateDirectory(data.Root, Private);
            CheckSpace(data);
            var held = new DataDirectoryLock(Open(data));
            Prepare(data);
            return held;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StartUpException(ExitCodes.Unavailable, StartUpFailures.DescribeData(data.Root, exception));
        }
    }

    public void Dispose() => _file.Dispose();

    private static void CheckSpace(DataDirectory data)
    {
        var least = Directory.Exists(data.Postgres) ? LeastForExisting : LeastForNew;
        if (new DriveInfo(data.Root).AvailableFreeSpace < least)
        {
            throw new StartUpException(ExitCodes.Unavailable, StartUpFailures.DiskFull(data.Root));
        }
    }

    private static FileStream Open(DataDirectory data)
    {
        var pidPath = Path.Combine(data.Root, "console.pid");
        FileStream file;
        try
        {
            file = new FileStream(Path.Combine(data.Root, "console.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (StartUpFailures.IsLocked(exception))
        {
            var pid = File.Exists(pidPath) ? $" (process {File.ReadAllText(pidPath).Trim()})" : "";
            throw new StartUpException(ExitCodes.Unavailable, $"Another console{pid} uses the data directory {data.Root}. Stop it, or choose another directory with --data DIR.");
        }

        File.WriteAllText(pidPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return file;
    }

    private static void Prepare(DataDirectory data)
    {
        foreach (var folder in new[] { data.Packages, data.PackageCache, data.Staging, data.Keys })
        {
            Directory.CreateDirectory(folder, Private);
        }

        // Uploads that a killed console left half received.
        foreach (var leftover in Directory.EnumerateFileSystemEntries(data.Staging))
        {
            if (Directory.Exists(leftover)) Directory.Delete(leftover, recursive: true);
            else File.Delete(leftover);
        }
    }
}
