using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AvaConsole.Web.Cli.Common;

/// <summary>The console that a verb talks to: <c>--console</c>, else <c>ASECTL_CONSOLE</c>, else the one on this machine.</summary>
internal sealed class ConsoleLink : IDisposable
{
    public const string Variable = "ASECTL_CONSOLE";
    public const string UserVariable = "ASECTL_USER";
    public const string PasswordVariable = "ASECTL_PASSWORD";

    private const string Usual = "http://127.0.0.1:5080";

    private readonly HttpClient _http;

    private ConsoleLink(Uri address)
    {
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(30),
        };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(System.Globalization.CultureInfo.CurrentUICulture.Name);
    }

    public Uri Address { get; }

    public static Option<string?> Option() => CliOptions.Value("--console", "OptionConsole", "URL");

    /// <exception cref="CliFailureException"/>
    public static ConsoleLink Open(string? given)
    {
        var text = given ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : Usual);
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new ConsoleLink(new Uri(address.GetLeftPart(UriPartial.Authority)))
            : throw new CliFailureException(CliExit.BadInput, CliTexts.Of("ConsoleAddressInvalid", text, Variable));
    }

    /// <exception cref="CliFailureException">Nobody answers.</exception>
    public void CheckAlive()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        using var response = Send(request);
    }

    /// <summary>The answer's document; its status where the console refuses is in the exception's words.</summary>
    /// <exception cref="CliFailureException"/>
    public JsonDocument Post(string path, ReadOnlyMemory<byte> json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ReadOnlyMemoryContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Ask(request);
    }

    /// <inheritdoc cref="Post"/>
    public JsonDocument Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return Ask(request);
    }

    public void Dispose() => _http.Dispose();

    private JsonDocument Ask(HttpRequestMessage request)
    {
        request.Headers.Authorization = Credentials();
        using var response = Send(request);
        using var stream = response.Content.ReadAsStream();
        try
        {
            var document = JsonDocument.Parse(stream);
            return response.IsSuccessStatusCode ? document : throw Refused(response.StatusCode, document.RootElement);
        }
        catch (JsonException)
        {
            throw Refused(response.StatusCode, default);
        }
    }

    private HttpResponseMessage Send(HttpRequestMessage request)
    {
        try
        {
            return _http.Send(request);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            throw new CliFailureException(CliExit.Unavailable, CliTexts.Of("ConsoleSilent", Address, Variable));
        }
    }

    /// <summary>Passwords are not taken from the command line, where every process of the machine sees them.</summary>
    private AuthenticationHeaderValue Credentials()
    {
        if (Address.Scheme == "http" && !Address.IsLoopback)
        {
            throw new CliFailureException(CliExit.BadInput, CliTexts.Of("ConsoleNotSecret", Address));
        }

        var (user, password) = (Environment.GetEnvironmentVariable(UserVariable), Environment.GetEnvironmentVariable(PasswordVariable));
        return user is { Length: > 0 } && password is { Length: > 0 }
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")))
            : throw new CliFailureException(CliExit.BadInput, CliTexts.Of("ConsoleNoAccount", Address, UserVariable, PasswordVariable));
    }

    private CliFailureException Refused(HttpStatusCode status, JsonElement problem)
    {
        var detail = problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("detail", out var text) ? text.GetString() ?? "" : "";
        return new CliFailureException(CliExit.Unavailable, CliTexts.Of("ConsoleRefused", Address, (int)status, detail));
    }
}
