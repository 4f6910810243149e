using System.Diagnostics;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Examples;

namespace AvaConsole.Tests.Core.Schemas.Examples;

public sealed class CallSnippetsTests
{
    // What breaks a text that is put together without care, in each of the three languages.
    private static readonly ApiSchema s_hostile = new()
    {
        Service = "digits",
        Parameters =
        [
            new ApiParameter { Name = "quote", Default = "it's \"so\" $HOME `id` \\ {x} {{y}} %d #{z} \"\"\"\" ''' \u2028 end" },
            new ApiParameter { Name = "breaks", Default = "JSON\nJSON_\r\n\tEOF" },
            new ApiParameter { Name = "emoji", Default = "你好 😀" },
            new ApiParameter { Name = "flag", Type = ParameterTypes.Boolean, Default = "true" },
            new ApiParameter { Name = "size", Type = ParameterTypes.Number, Default = "0.25" },
        ],
        Payload = [new PayloadEntry { Name = "image", Required = true }],
    };

    private static readonly Uri s_base = new("http://127.0.0.1:5080/");

    [Fact]
    public async Task Curl_HostileValues_SendsTheRequestAsItIs()
    {
        using var folder = new Folder();
        // Stands for curl: keeps what it is given.
        folder.Write("curl", "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$OUT/arguments\"\ncat > \"$OUT/body\"\n");
        File.SetUnixFileMode(folder.At("curl"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await RunAsync("/bin/sh", ["-c", CallSnippets.Curl(s_hostile, s_base)], folder);

        Assert.True(JsonNode.DeepEquals(RequestExample.Create(s_hostile), JsonNode.Parse(folder.Read("body"))));
        Assert.Contains("http://127.0.0.1:5080/api/content/digits", folder.Read("arguments").Split('\n'));
    }

    [Fact]
    public async Task Python_HostileValues_SendsTheRequestAsItIs()
    {
        using var folder = new Folder();
        // Stands for the network: keeps what it is given and answers.
        var stub = "import io, os, urllib.request\ndef urlopen(request):\n    open(os.environ['OUT'] + '/body', 'wb').write(request.data)\n    open(os.environ['OUT'] + '/url', 'w').write(request.full_url)\n    return io.BytesIO(b'{\"result\": 1}')\nurllib.request.urlopen = urlopen\n";
        folder.Write("call.py", stub + CallSnippets.Python(s_hostile, s_base, new CallOptions { Grey = true }));

        if (!await RunAsync("python3", [folder.At("call.py")], folder))
        {
            return;
        }

        Assert.True(JsonNode.DeepEquals(RequestExample.Create(s_hostile), JsonNode.Parse(folder.Read("body"))));
        Assert.Equal("http://127.0.0.1:5080/api/grey/content/digits", folder.Read("url"));
    }

    [Fact]
    public void CSharp_HostileValues_HoldsTheRequestInARawText()
    {
        var lines = CallSnippets.CSharp(s_hostile, s_base).Split('\n');
        var start = Array.FindIndex(lines, line => line.StartsWith("var body = \"", StringComparison.Ordinal));
        var quotes = lines[start]["var body = ".Length..];
        var end = Array.IndexOf(lines, quotes + ";");

        // A raw text ends at the first line of as many quotes, and none may be within.
        var body = string.Join('\n', lines[(start + 1)..end]);
        Assert.DoesNotContain(quotes, body, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(RequestExample.Create(s_hostile), JsonNode.Parse(body)));
    }

    [Fact]
    public void Snippets_OfAnAppThatIsNotPublic_TakeTheKeysFromTheEnvironment()
    {
        var options = new CallOptions { App = "other app", NeedsKeys = true };

        foreach (var text in new[] { CallSnippets.Curl(s_hostile, s_base, options), CallSnippets.Python(s_hostile, s_base, options), CallSnippets.CSharp(s_hostile, s_base, options) })
        {
            Assert.Contains("AVA_SK", text, StringComparison.Ordinal);
            Assert.Contains("http://127.0.0.1:5080/api/content/other%20app", text, StringComparison.Ordinal);
        }
    }

    /// <returns>False where there is no such program.</returns>
    private static async Task<bool> RunAsync(string program, string[] arguments, Folder folder)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        start.Environment["PATH"] = folder.Path + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment["OUT"] = folder.Path;
        try
        {
            using var process = Process.Start(start)!;
            var errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, errors);
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("ava-snippets-").FullName;

        public string At(string name) => System.IO.Path.Combine(Path, name);

        public void Write(string name, string text) => File.WriteAllText(At(name), text);

        public string Read(string name) => File.ReadAllText(At(name));

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
