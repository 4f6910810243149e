using System.Runtime.InteropServices;

namespace AvaConsole.Web.Infrastructure;

/// <summary>The few system calls that .NET has no method for.</summary>
internal static partial class Posix
{
    public const int SigInt = 2;
    public const int SigQuit = 3;

    public static bool IsRoot { get; } = OperatingSystem.IsLinux() && GetEffectiveUserId() == 0;

    /// <summary>False where there is no such process or it is not ours.</summary>
    public static bool Signal(int processId, int signal) => Kill(processId, signal) == 0;

    /// <summary>Gives a file, folder or link to a user; links are not followed.</summary>
    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (ChangeLinkOwner(path, user, group) != 0)
        {
            throw new IOException($"chown {path}: error {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeLinkOwner(string path, uint user, uint group);
}
