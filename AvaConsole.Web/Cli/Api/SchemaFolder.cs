using System.Text.Json;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary>Schemas that a schema may refer to, from a folder: <c>https://schemas.example/=folder</c> finds what lies under that address. Nothing is fetched.</summary>
internal sealed class SchemaFolder
{
    private readonly string _address;
    private readonly string _folder;

    private SchemaFolder(string address, string folder) => (_address, _folder) = (address, folder);

    /// <param name="text">ADDRESS=FOLDER.</param>
    /// <exception cref="CliFailureException">It is not of that form, or there is no such folder.</exception>
    public static SchemaFolder Parse(string text)
    {
        var split = text.LastIndexOf('=');
        var address = split > 0 ? text[..split] : "";
        if (!Uri.IsWellFormedUriString(address, UriKind.Absolute))
        {
            throw new CliFailureException(CliExit.BadInput, CliTexts.Of("DocumentsForm", text));
        }

        var folder = Path.GetFullPath(text[(split + 1)..]);
        return Directory.Exists(folder)
            ? new SchemaFolder(address.EndsWith('/') ? address : address + "/", folder)
            : throw new CliFailureException(CliExit.BadInput, CliTexts.Of("DocumentsFolder", folder));
    }

    /// <returns>Null for an address elsewhere, and for one at which no file lies.</returns>
    public JsonElement? Find(string uri)
    {
        if (!uri.StartsWith(_address, StringComparison.Ordinal))
        {
            return null;
        }

        var path = Path.GetFullPath(Path.Combine(_folder, Uri.UnescapeDataString(uri[_address.Length..])));
        return path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(path)
            ? ApiFiles.ReadJson(path, CliFiles.ReadText(path))
            : null;
    }
}
