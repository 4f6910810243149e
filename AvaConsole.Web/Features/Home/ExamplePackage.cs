using System.Formats.Tar;

namespace AvaConsole.Web.Features.Home;

/// <summary>The digits example as it lies beside the console, from <c>samples/digits</c>.</summary>
public sealed class ExamplePackage(string folder)
{
    public const string FileName = "digits.tar";

    private static readonly string[] s_files = ["labels.txt", "model.onnx", "service.yaml"];

    // Fixed, so that the same files always give the same digest and loading twice adds nothing.
    private static readonly DateTimeOffset s_time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static ExamplePackage Default { get; } = new(Path.Combine(AppContext.BaseDirectory, "samples", "digits"));

    public bool Exists => s_files.All(name => File.Exists(Path.Combine(folder, name))) && Directory.Exists(Pictures);

    private string Pictures => Path.Combine(folder, "pictures");

    /// <summary>The model package: a tar with fixed order, times and owners.</summary>
    public async Task<byte[]> BuildAsync(CancellationToken ct)
    {
        using var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var name in s_files)
            {
                using var content = new MemoryStream(await File.ReadAllBytesAsync(Path.Combine(folder, name), ct));
                await writer.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = content,
                    ModificationTime = s_time,
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                    UserName = "",
                    GroupName = "",
                }, ct);
            }
        }

        return archive.ToArray();
    }

    /// <summary>The pictures, by name: <c>digit-&lt;label&gt;-&lt;number&gt;.png</c>.</summary>
    public IReadOnlyList<ExamplePicture> ListPictures() =>
    [
        .. Directory.EnumerateFiles(Pictures, "digit-*-*.png")
            .Order(StringComparer.Ordinal)
            .Select(path => new ExamplePicture(Path.GetFileNameWithoutExtension(path), path)),
    ];
}

/// <param name="Name">Also the test case's name.</param>
public sealed record ExamplePicture(string Name, string Path)
{
    /// <summary>What the picture shows.</summary>
    public string Label => Name.Split('-')[1];
}
