using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Naming;

namespace AvaConsole.Web.Serving;

/// <summary>What a call from a shell sends.</summary>
/// <param name="BaseUrl">The console's public address, for example <c>http://127.0.0.1:5080</c>.</param>
/// <param name="App">The app's command.</param>
/// <param name="Entry">Name of the payload entry that the file is for.</param>
/// <param name="FileName">The file, as the shell finds it.</param>
public sealed record CurlCall(Uri BaseUrl, string App, string Entry, string FileName)
{
    /// <summary>Calls the grey release instead of production (<c>/api/content</c> only).</summary>
    public bool Grey { get; init; }

    /// <summary>A certain version (<c>/v1/eval</c> only); null for production.</summary>
    public string? Version { get; init; }

    public JsonObject? Parameters { get; init; }

    /// <summary>The app is not public: the owner's keys are taken from <c>$AVA_AK</c> and <c>$AVA_SK</c>, so that no secret is in the text.</summary>
    public bool NeedsKeys { get; init; }
}

/// <summary>
/// The same call as the try-out page's, for a POSIX shell. The body travels through standard input: a picture's base64 is
/// longer than an argument may be. <c>base64 | tr</c> works with GNU, BSD and BusyBox.
/// </summary>
public static class CurlSnippet
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For <c>/api/content/{app}</c>.</summary>
    public static string Content(CurlCall call)
    {
        var parameters = call.Parameters is { Count: > 0 } ? $"\"parameters\":{call.Parameters.ToJsonString(s_json)}," : "";
        var head = $"{{{parameters}\"payload\":{{{JsonSerializer.Serialize(call.Entry, s_json)}:{{\"data\":\"";
        return Write(call, head, "\"}}}", ServingRoutes.Of(call.Grey ? ServingRoutes.Grey : ServingRoutes.Content, call.App));
    }

    /// <summary>For <c>/v1/eval/{app}</c>, AVA's form.</summary>
    public static string Eval(CurlCall call)
    {
        var parameters = call.Parameters is { Count: > 0 } ? $"\"params\":{call.Parameters.ToJsonString(s_json)}," : "";
        var head = $"{{{parameters}\"data\":{{\"uri\":\"data:application/octet-stream;base64,";
        var path = call.Version is { } version ? ServingRoutes.Of(ServingRoutes.EvalVersion, call.App, version) : ServingRoutes.Of(ServingRoutes.Eval, call.App);
        return Write(call, head, "\"}}", path);
    }

    private static string Write(CurlCall call, string head, string tail, string path)
    {
        var keys = call.NeedsKeys ? " -u \"$AVA_AK:$AVA_SK\"" : "";
        var url = new Uri(call.BaseUrl.AbsoluteUri.TrimEnd('/') + path).AbsoluteUri;
        return $"{{ printf %s {Quote(head)}; base64 < {Quote(call.FileName)} | tr -d '\\n'; printf %s {Quote(tail)}; }} \\\n"
            + $"  | curl -sS{keys} -H 'Content-Type: application/json' --data-binary @- {Quote(url)}";
    }

    // Within single quotes a shell leaves everything as it is, but for the quote itself.
    private static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
