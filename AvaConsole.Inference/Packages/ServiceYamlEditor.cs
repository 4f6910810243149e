using System.Formats.Tar;
using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;

namespace AvaConsole.Inference.Packages;

/// <summary>Works on the <c>service.yaml</c> of a package that the console holds: reads it, and writes a package with another one. See <see cref="ServiceYamlTrial"/> for what it does.</summary>
public sealed class ServiceYamlEditor(PackageCache packages)
{
    /// <summary>The file's name, in the folder of the model.</summary>
    public const string FileName = ServiceYaml.FileName;

    // Fixed, so that the same files always give the same digest.
    private static readonly DateTimeOffset s_time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <returns>The file's text; empty where the package has none.</returns>
    public async Task<Result<string>> ReadAsync(ModelPackage package, CancellationToken ct)
    {
        var opened = await PackageRoot.OpenAsync(packages, package, ct).ConfigureAwait(false);
        if (!opened.IsSuccess)
        {
            return opened.Error;
        }

        using var root = opened.Value;
        var path = Path.Combine(root.Root, ServiceYaml.FileName);
        if (!File.Exists(path))
        {
            return "";
        }

        return new FileInfo(path).Length <= ServiceYaml.MaxBytes
            ? await File.ReadAllTextAsync(path, Encoding.UTF8, ct).ConfigureAwait(false)
            : new InvalidError(ServiceYaml.FileName, "package.service_yaml_too_large", ServiceYaml.MaxBytes >> 10);
    }

    /// <summary>Writes the package's files, with this <c>service.yaml</c> or, where it is blank, without any, as a new archive. Packages never change: this is another one.</summary>
    /// <returns>What is wrong with the text; nothing is written then.</returns>
    public async Task<Result> WriteAsync(ModelPackage package, string serviceYaml, Stream target, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(serviceYaml) && ServiceYaml.Parse(serviceYaml).Error is { } wrong)
        {
            return wrong;
        }

        var opened = await PackageRoot.OpenAsync(packages, package, ct).ConfigureAwait(false);
        if (!opened.IsSuccess)
        {
            return opened.Error;
        }

        using var root = opened.Value;
        var folder = root.Folder;
        var replaced = Path.GetRelativePath(folder, Path.Combine(root.Root, ServiceYaml.FileName));
        var kept = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Where(name => name != replaced);
        var names = (string.IsNullOrWhiteSpace(serviceYaml) ? kept : kept.Append(replaced)).Order(StringComparer.Ordinal);
        await using var writer = new TarWriter(target, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var name in names)
        {
            await using Stream content = name == replaced ? new MemoryStream(Encoding.UTF8.GetBytes(serviceYaml)) : File.OpenRead(Path.Combine(folder, name));
            var entry = MakeEntry(name);
            entry.DataStream = content;
            await writer.WriteEntryAsync(entry, ct).ConfigureAwait(false);
        }

        return Result.Success;
    }

    // The plainer form where it can hold the name: the other one writes the process's number into the archive.
    private static PosixTarEntry MakeEntry(string name) => name.Length <= 100 && name.All(char.IsAscii)
        ? new UstarTarEntry(TarEntryType.RegularFile, name) { ModificationTime = s_time, UserName = "", GroupName = "" }
        : new PaxTarEntry(TarEntryType.RegularFile, name) { ModificationTime = s_time, UserName = "", GroupName = "" };
}
