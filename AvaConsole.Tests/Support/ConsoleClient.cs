using System.Net;
using System.Text.RegularExpressions;

namespace AvaConsole.Tests.Support;

/// <summary>A browser without scripts: keeps cookies, posts the forms that pages contain, follows no redirect by itself.</summary>
public sealed partial class ConsoleClient : IDisposable
{
    private readonly HttpClient _http;

    public ConsoleClient(Uri baseUrl)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = Cookies };
        _http = new HttpClient(handler) { BaseAddress = baseUrl };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http => _http;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    /// <summary>Opens a page and posts its form with this handler name, its hidden fields included.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, string handler, params IEnumerable<(string Name, string Value)> fields)
    {
        var page = await _http.GetStringAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        var form = Forms().Matches(page).Select(match => match.Value).Single(text => text.Contains($"value=\"{handler}\"", StringComparison.Ordinal));
        return await PostAsync(path, [.. Hidden(form), .. fields]);
    }

    /// <summary>The same for a form that is addressed by its action.</summary>
    public async Task<HttpResponseMessage> SubmitActionAsync(string page, string action, params IEnumerable<(string Name, string Value)> fields)
    {
        var text = await _http.GetStringAsync(new Uri(page, UriKind.RelativeOrAbsolute));
        var form = Forms().Matches(text).Select(match => match.Value).Single(found => found.Contains($"action=\"{action}\"", StringComparison.Ordinal));
        return await PostAsync(action, [.. Hidden(form), .. fields]);
    }

    public async Task<HttpResponseMessage> PostAsync(string path, params IEnumerable<(string Name, string Value)> fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await _http.PostAsync(new Uri(path, UriKind.RelativeOrAbsolute), content);
    }

    public async Task<HttpResponseMessage> CreateFirstAccountAsync(Uri link, string name, string password, string mode = "Team") => await SubmitAsync(
        link.PathAndQuery, "first", ("Form.Name", name), ("Form.Password", password), ("Form.PasswordAgain", password), ("Form.Mode", mode));

    public Task<HttpResponseMessage> SignInAsync(string name, string password, string? returnUrl = null) => SubmitAsync(
        "/account/login" + (returnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl)), "login", ("Form.Name", name), ("Form.Password", password));

    public void Dispose() => _http.Dispose();

    private static IEnumerable<(string, string)> Hidden(string form) => HiddenFields().Matches(form)
        .Select(match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)));

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenFields();
}
