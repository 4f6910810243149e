using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>How a call is written. No secret is in the texts: the owner's keys come from the environment.</summary>
public sealed record CallOptions
{
    /// <summary>The app's command; empty for the service's name.</summary>
    public string App { get; init; } = "";

    /// <summary>Calls the grey release instead of production.</summary>
    public bool Grey { get; init; }

    /// <summary>The app is not public: <c>AVA_AK</c> and <c>AVA_SK</c> hold the owner's key pair.</summary>
    public bool NeedsKeys { get; init; }
}

/// <summary>The example request as a program sends it. Each text runs as it stands.</summary>
public static class CallSnippets
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>For a POSIX shell.</summary>
    public static string Curl(ApiSchema schema, Uri baseUrl, CallOptions? options = null)
    {
        var body = Body(schema);
        var keys = options?.NeedsKeys == true ? " \\\n  -u \"$AVA_AK:$AVA_SK\"" : "";
        var end = Unused("JSON", body);
        return $"curl -sS {ShellQuote(Address(schema, baseUrl, options))}{keys} \\\n  -H 'Content-Type: application/json' \\\n  --data-binary @- <<'{end}'\n{body}\n{end}\n";
    }

    /// <summary>Python 3, standard library only.</summary>
    public static string Python(ApiSchema schema, Uri baseUrl, CallOptions? options = null)
    {
        var needsKeys = options?.NeedsKeys == true;
        var keys = needsKeys
            ? """
              keys = base64.b64encode(f"{os.environ['AVA_AK']}:{os.environ['AVA_SK']}".encode()).decode()
              headers["Authorization"] = "Basic " + keys

              """.ReplaceLineEndings("\n")
            : "";
        return $$"""
            {{(needsKeys ? "import base64\nimport json\nimport os" : "import json")}}
            import urllib.error
            import urllib.request

            url = {{PythonLiteral.Text(Address(schema, baseUrl, options))}}
            body = {{PythonLiteral.Write(RequestExample.Create(schema))}}
            headers = {"Content-Type": "application/json"}
            {{keys}}request = urllib.request.Request(url, json.dumps(body).encode(), headers)
            try:
                with urllib.request.urlopen(request) as response:
                    print(json.load(response)["result"])
            except urllib.error.HTTPError as error:
                print(error.code, error.read().decode())

            """.ReplaceLineEndings("\n");
    }

    /// <summary>C# 14: a file that <c>dotnet run</c> takes.</summary>
    public static string CSharp(ApiSchema schema, Uri baseUrl, CallOptions? options = null)
    {
        var body = Body(schema);
        var quotes = "\"\"\"";
        while (body.Contains(quotes, StringComparison.Ordinal))
        {
            quotes += '"';
        }

        var keys = options?.NeedsKeys == true
            ? """
              var keys = $"{Environment.GetEnvironmentVariable("AVA_AK")}:{Environment.GetEnvironmentVariable("AVA_SK")}";
              client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(keys)));

              """.ReplaceLineEndings("\n")
            : "";
        return $$"""
            using System.Text;

            var body = {{quotes}}
            {{body}}
            {{quotes}};
            using var client = new HttpClient();
            {{keys}}using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await client.PostAsync({{CSharpText(Address(schema, baseUrl, options))}}, content);
            Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");

            """.ReplaceLineEndings("\n");
    }

    private static string Body(ApiSchema schema) => RequestExample.Create(schema).ToJsonString(s_json);

    private static string Address(ApiSchema schema, Uri baseUrl, CallOptions? options)
    {
        var app = options is { App.Length: > 0 } ? options.App : schema.Service;
        return new Uri($"{baseUrl.AbsoluteUri.TrimEnd('/')}/api/{(options?.Grey == true ? "grey/" : "")}content/{Uri.EscapeDataString(app)}").AbsoluteUri;
    }

    // Within single quotes a shell leaves everything as it is, but for the quote itself.
    private static string ShellQuote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string CSharpText(string text) => JsonValue.Create(text).ToJsonString();

    private static string Unused(string word, string body)
    {
        while (body.Split('\n').Contains(word))
        {
            word += "_";
        }

        return word;
    }
}
