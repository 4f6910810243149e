using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Common.Egress;
using AvaConsole.Core.Images;
using AvaConsole.Core.Images.Registries;
using AvaConsole.Web.Cli.Common;
using Microsoft.Extensions.Options;

namespace AvaConsole.Web.Cli.Images;

/// <summary>The registry that a verb talks to, by the image's own name and the options that all verbs about images have.</summary>
internal sealed class RegistryLink
{
    private readonly Option<string?> _user = CliOptions.Value("--username", "OptionUserName", "NAME");
    private readonly Option<bool> _password = CliOptions.Flag("--password-stdin", "OptionPasswordStdin");
    private readonly Option<string[]> _hosts = new("--allow-host") { Description = CliTexts.Of("OptionAllowHost"), HelpName = "HOST" };
    private readonly Option<bool> _plain = CliOptions.Flag("--plain-http", "OptionPlainHttp");

    public RegistryLink() => _hosts.Validators.Add(result =>
    {
        foreach (var given in result.Tokens.Select(token => token.Value).Where(given => !IsHost(given)))
        {
            result.AddError(CliTexts.Of("NotAHost", _hosts.Name, given));
        }
    });

    public void AddTo(Command verb)
    {
        foreach (var option in (Option[])[_user, _password, _hosts, _plain]) verb.Add(option);
    }

    /// <exception cref="CliFailureException"/>
    public static ImageReference Parse(string text) => ImageReference.TryParse(text, out var reference)
        ? reference
        : throw new CliFailureException(CliExit.BadInput, CliTexts.Of("ImageReferenceInvalid", text));

    /// <summary>Asks, and shows what the registry told besides.</summary>
    /// <exception cref="CliFailureException"/>
    public T Ask<T>(ParseResult arguments, ImageReference image, CliOutput output, Func<RegistryClient, Task<Result<T>>> ask)
    {
        var registry = RegistryEndpoint.Of(image.Registry, arguments.GetValue(_plain) || IsLoopback(image.Registry)) with
        {
            Credentials = ReadCredentials(arguments),
        };
        registry = registry with { AllowedHosts = [.. registry.AllowedHosts, .. arguments.GetValue(_hosts) ?? []] };
        using var egress = new EgressClient(Options.Create(Rules(registry)));
        var client = new RegistryClients(egress, TimeProvider.System).Open(registry);
        var answer = ask(client).GetAwaiter().GetResult();
        foreach (var warning in client.Notices.Warnings) output.Note(CliTexts.Of("ImageWarning", warning));
        if (!output.IsJson && client.Notices.RateLimit is { } limit) output.Note(CliTexts.Of("ImageRateLimit", limit.Remaining, limit.Limit));
        return answer.IsSuccess ? answer.Value : throw Failure(image, answer.Error);
    }

    public static JsonArray ToJson(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    /// <summary>Whoever types a registry's name here may reach it anyway; but it must not send us to others inside the network.</summary>
    private static EgressOptions Rules(RegistryEndpoint registry)
    {
        var hosts = registry.AllowedHosts.Select(host => new Uri($"{registry.Address.Scheme}://{host}/")).Prepend(registry.Address).ToList();
        return new EgressOptions { AllowedHosts = string.Join(',', hosts.Select(host => host.Host.Trim('[', ']'))), AllowedPorts = string.Join(',', hosts.Select(host => host.Port)) };
    }

    private static bool IsHost(string text) => Uri.TryCreate($"https://{text}/", UriKind.Absolute, out var url) && url.PathAndQuery == "/" && url.UserInfo.Length == 0;

    private static bool IsLoopback(string registry)
    {
        var host = Uri.TryCreate($"http://{registry}/", UriKind.Absolute, out var url) ? url.Host.Trim('[', ']') : "";
        return host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    private RegistryCredentials? ReadCredentials(ParseResult arguments)
    {
        var user = arguments.GetValue(_user);
        if (string.IsNullOrEmpty(user) == arguments.GetValue(_password)) throw new CliFailureException(CliExit.BadInput, CliTexts.Of("ImagePasswordAlone"));
        if (string.IsNullOrEmpty(user)) return null;
        var secret = CliFiles.ReadText(CliFiles.StandardInput).TrimEnd('\r', '\n');
        return secret.Length > 0 ? new RegistryCredentials(user, secret) : throw new CliFailureException(CliExit.BadInput, CliTexts.Of("ImagePasswordEmpty"));
    }

    private static CliFailureException Failure(ImageReference image, Error error)
    {
        var (code, args) = ErrorCause.Texts(error);
        return new CliFailureException(error is NotFoundError ? CliExit.Found : CliExit.Unavailable, CliTexts.Of("ImageFailed", image, CliTexts.OfCode(code, [.. args])));
    }
}
