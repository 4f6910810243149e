using System.Diagnostics;
using System.Security.Cryptography;
using AvaConsole.Core.Common;
using AvaConsole.Web.Infrastructure.StartUp;

namespace AvaConsole.Web.Infrastructure.EmbeddedPostgres;

/// <summary>The embedded PostgreSQL's data folder and its password.</summary>
internal sealed class PostgresCluster(DataDirectory data, PostgresBinaries binaries, PostgresUser user)
{
    public const string UserName = "avaconsole";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string PasswordPath => Path.Combine(data.Keys, "postgres.password");

    /// <summary>Makes the data folder on the first start and returns the password.</summary>
    public async Task<string> EnsureAsync(CancellationToken ct)
    {
        var versionPath = Path.Combine(data.Postgres, "PG_VERSION");
        if (!File.Exists(versionPath)) return await CreateAsync(ct);

        PostgresUser.Give(data.Postgres);
        var version = (await File.ReadAllTextAsync(versionPath, ct)).Trim();
        if (version != PostgresBinaries.MajorVersion)
        {
            throw new StartUpException(
                ExitCodes.Unavailable,
                $"{data.Postgres} was written by PostgreSQL {version}, and this console carries {PostgresBinaries.MajorVersion}. Move the data with pg_dump, or choose another directory with --data DIR.");
        }

        return File.Exists(PasswordPath)
            ? (await File.ReadAllTextAsync(PasswordPath, ct)).Trim()
            : throw new StartUpException(ExitCodes.Unavailable, $"{PasswordPath} is missing. Restore it together with {data.Postgres}, or choose another directory with --data DIR.");
    }

    private async Task<string> CreateAsync(CancellationToken ct)
    {
        // Built beside and renamed when complete: a start that dies half-way leaves nothing that looks like data.
        var unfinished = data.Postgres + ".new";
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        PostgresUser.Give(unfinished);

        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var passwordForInit = Path.Combine(data.Root, "postgres.init");
        try
        {
            WritePrivate(passwordForInit, password);
            PostgresUser.Give(passwordForInit);
            await InitializeAsync(unfinished, passwordForInit, ct);
            WritePrivate(PasswordPath, password);
            Directory.Move(unfinished, data.Postgres);
            return password;
        }
        catch (Exception exception) when (exception is IOException && StartUpFailures.IsNoSpace(exception))
        {
            Directory.Delete(unfinished, recursive: true);
            throw new StartUpException(ExitCodes.Unavailable, StartUpFailures.DiskFull(data.Root));
        }
        finally
        {
            File.Delete(passwordForInit);
        }
    }

    private async Task InitializeAsync(string folder, string passwordFile, CancellationToken ct)
    {
        var command = user.Wrap(
            binaries.InitDb, "--pgdata", folder, "--username", UserName, "--pwfile", passwordFile,
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-instructions");
        using var process = Process.Start(CreateStartInfo(command))!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode == 0) return;

        var text = errors + await output;
        Directory.Delete(folder, recursive: true);
        throw new StartUpException(
            ExitCodes.Unavailable,
            StartUpFailures.IsNoSpace(text) ? StartUpFailures.DiskFull(data.Root) : $"PostgreSQL could not prepare {data.Postgres}: {LastLine(text)}");
    }

    /// <summary>A child without the console's environment, which may hold secrets and PG* settings.</summary>
    public static ProcessStartInfo CreateStartInfo(IReadOnlyList<string> command)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        info.Environment.Clear();
        info.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        info.Environment["LC_ALL"] = "C";
        return info;
    }

    private static void WritePrivate(string path, string text)
    {
        File.Delete(path);
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        using var writer = new StreamWriter(file);
        writer.Write(text);
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.Contains("FATAL", StringComparison.Ordinal))
        ?? "initdb gave no reason";
}
