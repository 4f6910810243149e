using System.Text.RegularExpressions;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Dockerfiles;

namespace AvaConsole.Core.Images;

/// <summary>The commands that build an image and bring it to a registry, for POSIX shells. No secret is in them: the password is read from standard input.</summary>
/// <param name="Login">Asks for the password, or takes it from a pipe.</param>
/// <param name="Tag">Gives the local image its name in the registry.</param>
public sealed partial record ImageCommands(string Build, string Login, string Tag, string Push)
{
    /// <param name="local">Name and tag of the image as it is built, for example <c>ava-keras:py27-cpu</c>.</param>
    /// <param name="registry">Host, with <c>:port</c> where needed.</param>
    /// <param name="team">Namespace of the registry, for example <c>vision</c>; empty for none.</param>
    /// <param name="dockerfile">Path of the Dockerfile.</param>
    /// <param name="user">Account at the registry; empty where the user has to fill it in.</param>
    /// <returns>Problems where one of them is no such thing.</returns>
    public static Result<ImageCommands> For(string local, string registry, string team, string dockerfile = "Dockerfile", string user = "")
    {
        var problems = new List<Problem>();
        Require(problems, ImageReference.TryParse(local, out var image) && image is { Tag.Length: > 0, Digest.Length: 0 } && image.Repository == image.Name, "local", "image_command.local_invalid");
        Require(problems, IsHost(registry), "registry", "image_command.registry_invalid");
        var target = team.Length == 0 ? $"{registry}/{local}" : $"{registry}/{team}/{local}";
        Require(problems, ImageReference.TryParse(target, out _), "namespace", "image_command.namespace_invalid");
        Require(problems, IsArgument(dockerfile), "dockerfile", "image_command.dockerfile_invalid");
        Require(problems, user.Length == 0 || IsArgument(user), "user", "image_command.user_invalid");
        return problems.Count > 0
            ? new InvalidError(problems)
            : new ImageCommands(
                $"docker build -t {ShellWords.Quote(local)} -f {ShellWords.Quote(dockerfile)} .",
                $"docker login --username {(user.Length == 0 ? "\"$REGISTRY_USER\"" : ShellWords.Quote(user))} --password-stdin {ShellWords.Quote(registry)}",
                $"docker tag {ShellWords.Quote(local)} {ShellWords.Quote(target)}",
                $"docker push {ShellWords.Quote(target)}");
    }

    /// <summary>Pulls an image by what its reference says, the digest included where it has one.</summary>
    public static string Pull(ImageReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return $"docker pull {ShellWords.Quote(reference.ToString())}";
    }

    private static void Require(List<Problem> problems, bool holds, string field, string code)
    {
        if (!holds)
        {
            problems.Add(new Problem(field, code));
        }
    }

    // A name without a dot or a port is taken for a namespace of the default registry.
    private static bool IsHost(string text) => Host().IsMatch(text) && (text.AsSpan().IndexOfAny('.', ':') > 0 || text == "localhost");

    // Not an option, and one line: quoted it is one word that means itself.
    private static bool IsArgument(string text) => text.Length is > 0 and <= 500 && text[0] != '-' && !text.Any(char.IsControl);

    [GeneratedRegex("""\A[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:[0-9]{1,5})?\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Host();
}
