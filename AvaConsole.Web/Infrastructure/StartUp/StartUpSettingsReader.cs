using System.Net;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using Npgsql;

namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>Reads the settings that start-up itself needs, and reports everything that is wrong with them at once.</summary>
internal sealed class StartUpSettingsReader(IConfiguration configuration)
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    private readonly List<string> _problems = [];

    /// <exception cref="StartUpException">One line per problem.</exception>
    public StartUpSettings Read()
    {
        var settings = new StartUpSettings(ReadData(), ReadUrls(), ReadPostgres(), ReadMasterKey(), ReadPublicUrl());
        CheckEtcd();
        CheckProxies();
        CheckLogging();
        CheckTls(settings);
        return _problems.Count == 0 ? settings : throw new StartUpException(ExitCodes.InvalidConfiguration, _problems);
    }

    private DataDirectory ReadData()
    {
        var path = configuration["Data"] is { Length: > 0 } given ? given : DefaultDataPath();
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            _problems.Add("Data: the path contains a zero character.");
            return new DataDirectory("/");
        }

        return new DataDirectory(Path.GetFullPath(path));
    }

    private static string DefaultDataPath()
    {
        var home = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        if (string.IsNullOrEmpty(home))
        {
            home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "share");
        }

        return Path.Combine(home, "avaconsole");
    }

    private string[] ReadUrls()
    {
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().Any()) return [];
        var urls = (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in urls.Where(url => !IsListenAddress(url)))
        {
            _problems.Add($"Urls: '{url}' is not an address to listen on; write it like {DefaultUrl}.");
        }

        return urls.Length > 0 ? urls : [DefaultUrl];
    }

    private static bool IsListenAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.PathBase.Length == 0 && address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private string? ReadPostgres()
    {
        var text = configuration.GetConnectionString("Postgres");
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(builder.Host)) _problems.Add("ConnectionStrings:Postgres: Host is missing.");
            builder.ApplicationName ??= "AvaConsole";
            return builder.ConnectionString;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException)
        {
            // The exception repeats the text, which holds the password.
            _problems.Add("ConnectionStrings:Postgres cannot be read; write it like Host=db;Database=avaconsole;Username=ava;Password=….");
            return null;
        }
    }

    private byte[]? ReadMasterKey()
    {
        var text = configuration["Secrets:MasterKey"];
        if (string.IsNullOrWhiteSpace(text)) return null;
        var key = new byte[32];
        if (Convert.TryFromBase64String(text.Trim(), key, out var length) && length == 32) return key;
        _problems.Add("Secrets:MasterKey must be 32 bytes in base64; make one with: openssl rand -base64 32");
        return null;
    }

    private string? ReadPublicUrl()
    {
        var text = configuration["Console:PublicUrl"];
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (IsHttpUrl(text)) return text.TrimEnd('/');
        _problems.Add($"Console:PublicUrl: '{text}' is not an http or https address such as https://console.example.com.");
        return null;
    }

    private void CheckEtcd()
    {
        var endpoints = (configuration[$"{EtcdOptions.Section}:{nameof(EtcdOptions.Endpoints)}"] ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var endpoint in endpoints.Where(endpoint => !IsHttpUrl(endpoint)))
        {
            _problems.Add($"Etcd:Endpoints: '{endpoint}' is not an http or https address such as http://etcd:2379.");
        }
    }

    private void CheckProxies()
    {
        foreach (var proxy in (configuration["Proxy:Trusted"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)))
        {
            _problems.Add($"Proxy:Trusted: '{proxy}' is not an address or network such as 10.0.0.5 or 10.0.0.0/24.");
        }
    }

    // Cookies are then marked as secure, and a request that seems to come over http can set none.
    private void CheckTls(StartUpSettings settings)
    {
        if (settings.IsHttpsOnly && !settings.Urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) && settings.Urls.Count > 0
            && string.IsNullOrWhiteSpace(configuration["Proxy:Trusted"]))
        {
            _problems.Add("Console:PublicUrl is https, but the console listens on http: name the proxy that ends TLS in Proxy:Trusted, or listen on https with --urls.");
        }
    }

    private void CheckLogging()
    {
        if (configuration["Logging:Format"] is { } format && format.ToUpperInvariant() is not ("TEXT" or "JSON"))
        {
            _problems.Add($"Logging:Format: '{format}' is neither text nor json.");
        }
    }

    private static bool IsHttpUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
}
