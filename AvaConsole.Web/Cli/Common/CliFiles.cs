using System.Text;

namespace AvaConsole.Web.Cli.Common;

/// <summary>The files that a verb is given; <c>-</c> is standard input and output.</summary>
internal static class CliFiles
{
    public const string StandardInput = "-";

    /// <summary>More than any schema or request that is taken; a verb must not fill the memory with a wrong file.</summary>
    private const long MaxBytes = 256L * 1024 * 1024;

    /// <exception cref="CliFailureException"/>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            if (path != StandardInput)
            {
                var length = new FileInfo(path).Length;
                return length <= MaxBytes ? File.ReadAllBytes(path) : throw Failure("FileTooLarge", path, MaxBytes / 1024 / 1024);
            }

            using var input = Console.OpenStandardInput();
            using var buffer = new MemoryStream();
            input.CopyTo(buffer);
            return buffer.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Failure(Reason(exception, path), path);
        }
    }

    /// <exception cref="CliFailureException"/>
    public static string ReadText(string path)
    {
        try
        {
            var bytes = ReadBytes(path);
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (DecoderFallbackException exception)
        {
            throw Failure("FileNotUtf8", path, exception.Index);
        }
    }

    /// <exception cref="CliFailureException"/>
    public static void WriteText(string path, string text)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            File.WriteAllText(path, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Failure("FileNotWritable", path);
        }
    }

    /// <summary>As messages name it.</summary>
    public static string NameOf(string path) => path == StandardInput ? CliTexts.Of("StandardInput") : path;

    private static string Reason(Exception exception, string path) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException when !Directory.Exists(path) => "FileMissing",
        UnauthorizedAccessException when !Directory.Exists(path) => "FileNotReadable",
        _ when Directory.Exists(path) => "FileIsFolder",
        _ => "FileNotReadable",
    };

    private static CliFailureException Failure(string key, string path, params object?[] args) => new(CliExit.BadInput, CliTexts.Of(key, [NameOf(path), .. args]));
}
