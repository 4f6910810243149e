using System.Formats.Tar;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;

namespace AvaConsole.Inference.Packages;

/// <summary>
/// The only place where an archive becomes files. Takes regular files and folders from <c>.tar</c> and <c>.tar.gz</c> into a fresh
/// folder and refuses everything else: links (a hard link in a model package lets ONNX Runtime read any file of the machine), devices,
/// named pipes (opening one hangs), names that lead elsewhere, and more than <see cref="UnpackLimits"/> allow.
/// </summary>
public sealed class PackageUnpacker(UnpackLimits? limits = null)
{
    private const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int DiskFull = 28; // ENOSPC, which .NET hands on as the HResult.

    private readonly UnpackLimits _limits = limits ?? new UnpackLimits();

    /// <summary>Unpacks into <paramref name="folder"/>, which must not exist. On failure nothing of it is left.</summary>
    /// <returns>The files by path; errors <c>package.*</c> name the entry and the limit.</returns>
    public async Task<Result<IReadOnlyList<PackageFile>>> UnpackAsync(string archivePath, string folder, CancellationToken ct)
    {
        try
        {
            // Disk and decompression block; they have a thread of their own.
            var files = await Task.Factory.StartNew(
                () => Unpack(archivePath, folder, ct), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            return files;
        }
        catch (PackageRejectedException rejected)
        {
            return rejected.Error;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            return new InvalidError("", "package.not_an_archive");
        }
        catch (NotSupportedException)
        {
            // What .NET's reader gives up on by itself: sparse files, volume labels, multi-volume archives.
            return new InvalidError("", "package.unsupported_entry");
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) == DiskFull)
        {
            return new UnavailableError("package.disk_full");
        }
    }

    /// <summary>Deletes an unpacked folder, whatever is left of it.</summary>
    internal static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was unpacked.
        }
    }

    private List<PackageFile> Unpack(string archivePath, string folder, CancellationToken ct)
    {
        if (Directory.Exists(folder))
        {
            throw new InvalidOperationException("The folder to unpack into exists already.");
        }

        CreateFolder(folder);
        try
        {
            using var archive = ArchiveStream.Open(archivePath, _limits);
            var files = new Unpacking(folder, archive, _limits).Run(ct);
            return files.Count > 0 ? files : throw new PackageRejectedException("", "package.not_an_archive");
        }
        catch
        {
            Remove(folder);
            throw;
        }
    }

    /// <summary>For this process's user only.</summary>
    internal static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, PrivateFolder);
        }
    }

    /// <summary>For this process's user only, and new: O_EXCL, so that nothing that lies there already is followed or overwritten.</summary>
    internal static FileStream CreateFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = PrivateFile;
        }

        return new FileStream(path, options);
    }

    /// <summary>The state of one archive on its way.</summary>
    private sealed class Unpacking(string root, ArchiveStream archive, UnpackLimits limits)
    {
        private readonly byte[] _buffer = new byte[1 << 17];
        private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
        private readonly HashSet<string> _files = new(StringComparer.Ordinal);
        private readonly List<PackageFile> _found = [];
        private int _entries;
        private long _total;

        public List<PackageFile> Run(CancellationToken ct)
        {
            using var reader = new TarReader(archive, leaveOpen: true);
            while (reader.GetNextEntry() is { } entry)
            {
                ct.ThrowIfCancellationRequested();
                if (++_entries > limits.Entries)
                {
                    throw new PackageRejectedException(EntryName.Show(entry.Name), "package.too_many_entries", limits.Entries);
                }

                Take(entry, ct);
                archive.EnterHeader();
            }

            return _found;
        }

        private void Take(TarEntry entry, CancellationToken ct)
        {
            var shown = EntryName.Show(entry.Name);
            archive.EnterData(shown);
            switch (entry.EntryType)
            {
                case TarEntryType.Directory:
                    TakeFolder(EntryName.Parse(entry.Name, limits), shown);
                    break;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    TakeFile(entry, EntryName.Parse(entry.Name, limits), shown, ct);
                    break;
                case TarEntryType.SymbolicLink or TarEntryType.HardLink:
                    throw new PackageRejectedException(shown, "package.link_entry", shown);
                case TarEntryType.GlobalExtendedAttributes:
                    break;
                default:
                    throw new PackageRejectedException(shown, "package.special_entry", shown);
            }
        }

        private void TakeFolder(IReadOnlyList<string> segments, string shown)
        {
            for (var depth = 1; depth <= segments.Count; depth++)
            {
                var path = string.Join('/', segments.Take(depth));
                if (_files.Contains(path))
                {
                    throw new PackageRejectedException(shown, "package.duplicate", shown);
                }

                if (_folders.Add(path))
                {
                    CreateFolder(Path.Combine(root, path));
                }
            }
        }

        private void TakeFile(TarEntry entry, IReadOnlyList<string> segments, string shown, CancellationToken ct)
        {
            if (segments.Count == 0)
            {
                throw new PackageRejectedException(shown, "package.bad_name", shown);
            }

            CheckSize(shown, entry.Length, _total + entry.Length);
            if (segments[^1].StartsWith("._", StringComparison.Ordinal))
            {
                // What macOS's tar adds for each file; it is no part of the model, but it was read and counts.
                _total += entry.DataStream is { } data ? Copy(data, Stream.Null, shown, ct) : 0;
                return;
            }

            TakeFolder([.. segments.SkipLast(1)], shown);
            var path = string.Join('/', segments);
            if (_folders.Contains(path) || !_files.Add(path))
            {
                throw new PackageRejectedException(shown, "package.duplicate", shown);
            }

            var size = Write(entry.DataStream, Path.Combine(root, path), shown, ct);
            _total += size;
            _found.Add(new PackageFile(path, size));
        }

        private long Write(Stream? data, string path, string shown, CancellationToken ct)
        {
            using var file = CreateFile(path);
            var size = data is null ? 0 : Copy(data, file, shown, ct);
            file.Flush(flushToDisk: true);
            return size;
        }

        private long Copy(Stream data, Stream target, string shown, CancellationToken ct)
        {
            var size = 0L;
            for (int count; (count = data.Read(_buffer)) > 0; size += count)
            {
                ct.ThrowIfCancellationRequested();
                CheckSize(shown, size + count, _total + size + count);
                target.Write(_buffer, 0, count);
            }

            return size;
        }

        private void CheckSize(string shown, long size, long total)
        {
            if (size > limits.FileBytes)
            {
                throw new PackageRejectedException(shown, "package.file_too_large", shown, limits.FileBytes >> 20);
            }

            if (total > limits.TotalBytes)
            {
                throw new PackageRejectedException(shown, "package.too_large", limits.TotalBytes >> 20);
            }
        }
    }
}
