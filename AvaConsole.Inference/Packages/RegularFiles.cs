using System.Runtime.InteropServices;
using AvaConsole.Core.Common;

namespace AvaConsole.Inference.Packages;

/// <summary>
/// Looks at a folder before a model is loaded from it: only folders and regular files with one name. A second name (a hard link) may belong to
/// any file of the machine, which ONNX Runtime would read as a model's weights. The unpacker makes nothing else; a cache
/// that was copied, restored or shared may.
/// </summary>
internal static partial class RegularFiles
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint TypeAndLinks = 0x1 | 0x4; // STATX_TYPE | STATX_NLINK
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>Null where all is as it should be; otherwise which file is not. Nothing is opened or followed.</summary>
    public static InvalidError? Check(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            var (mode, links) = Look(path);
            var shown = EntryName.Show(Path.GetFileName(path));
            if (mode == Folder)
            {
                if (Check(path) is { } inside)
                {
                    return inside;
                }
            }
            else if (mode != Regular)
            {
                return new InvalidError(shown, "package.special_entry", shown);
            }
            else if (links != 1)
            {
                return new InvalidError(shown, "package.link_entry", shown);
            }
        }

        return null;
    }

    private static (int Type, uint Links) Look(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            var attributes = File.GetAttributes(path);
            var type = attributes.HasFlag(FileAttributes.ReparsePoint) ? 0 : attributes.HasFlag(FileAttributes.Directory) ? Folder : Regular;
            return (type, 1);
        }

        Span<byte> answer = stackalloc byte[256];
        if (Statx(CurrentFolder, path, NoFollow, TypeAndLinks, answer) != 0)
        {
            throw new IOException($"statx failed with error {Marshal.GetLastPInvokeError()}.");
        }

        // struct statx of linux/stat.h, the same on all architectures: stx_nlink at 16, stx_mode at 28.
        return (MemoryMarshal.Read<ushort>(answer[28..]) & TypeMask, MemoryMarshal.Read<uint>(answer[16..]));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> answer);
}
