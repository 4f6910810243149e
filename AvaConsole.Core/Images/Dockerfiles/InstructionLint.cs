using System.Text.RegularExpressions;
using AvaConsole.Core.Schemas;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>Rules for one instruction by itself.</summary>
internal static partial class InstructionLint
{
    private static readonly string[] s_known =
    [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER",
        "VOLUME", "WORKDIR",
    ];

    public static void Check(DockerfileInstruction instruction, DockerfileSink sink)
    {
        var line = instruction.Line;
        if (!s_known.Contains(instruction.Keyword))
        {
            sink.Add("dockerfile.unknown_instruction", line, instruction.Keyword, NearestName.Find(instruction.Keyword, s_known) ?? string.Join(", ", s_known));
            return;
        }

        if (instruction.Arguments.Length == 0)
        {
            sink.Add("dockerfile.no_arguments", line, instruction.Keyword);
            return;
        }

        switch (instruction.Keyword)
        {
            case "ADD" when instruction.Flag("checksum") is null && Words(instruction).SkipLast(1).FirstOrDefault(word => Url().IsMatch(word)) is { } url:
                sink.Add("dockerfile.add_url", line, url);
                break;
            case "WORKDIR" when ShellWords.Unquote(instruction.Arguments) is not ['/' or '$', ..]:
                sink.Add("dockerfile.workdir_relative", line, instruction.Arguments);
                break;
            case "MAINTAINER":
                var authors = DockerfileWord.Quote(instruction.Arguments);
                sink.Add("dockerfile.maintainer", line, new DockerfileFix(line, instruction.EndLine, $"LABEL org.opencontainers.image.authors={authors}"), [instruction.Arguments]);
                break;
            case "ENTRYPOINT" when instruction.Json is null:
                sink.Add("dockerfile.entrypoint_shell", line, instruction.Arguments);
                break;
            case "ENV" or "ARG":
                CheckSecrets(instruction, sink);
                break;
        }
    }

    private static IEnumerable<string> Words(DockerfileInstruction instruction) => instruction.Json ?? ShellWords.Raw(instruction.Arguments).Select(ShellWords.Unquote);

    /// <summary>By the variables' names; their values are never repeated.</summary>
    private static void CheckSecrets(DockerfileInstruction instruction, DockerfileSink sink)
    {
        var words = ShellWords.Raw(instruction.Arguments).ToList();
        // "ENV NAME value" has one name; a build argument is told on the command line, and stays in the image's history.
        var pairs = instruction.Keyword == "ENV" && !words[0].Contains('=', StringComparison.Ordinal) ? [$"{words[0]}={string.Join(' ', words.Skip(1))}"] : words;
        foreach (var pair in pairs)
        {
            var name = pair.Split('=')[0];
            var value = pair.Length > name.Length ? ShellWords.Unquote(pair[(name.Length + 1)..]) : "";
            var isSecret = SecretName().IsMatch(name) && !NoSecretName().IsMatch(name) && (value.Length > 0 || instruction.Keyword == "ARG") && value is not ['/' or '$', ..];
            if (isSecret || SecretValue().IsMatch(value))
            {
                sink.Add("dockerfile.secret", instruction.Line, instruction.Keyword, name);
            }
        }
    }

    [GeneratedRegex("""\A(https?|ftp|git)://|\Agit@""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    [GeneratedRegex("""(\A|_)(PASS|PASSWD|PASSWORD|PASSPHRASE|SECRET|TOKEN|API_?KEY|APIKEY|ACCESS_?KEY|SECRET_?KEY|PRIVATE_?KEY|CREDENTIALS?|AK|SK)(_|\z)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    // What says where a secret is, or how one looks, is none.
    [GeneratedRegex("""_(FILE|PATH|DIR|URL|ENDPOINT|LENGTH|TTL|NAME|ID)\z""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoSecretName();

    [GeneratedRegex("""\A(AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----)|://[^/\s:@]+:[^/\s@$]+@""", RegexOptions.CultureInvariant)]
    private static partial Regex SecretValue();
}
