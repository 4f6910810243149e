using System.Text.Json;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Cli;

/// <summary>Each verb of <c>asectl api</c> as a process: exit code, standard output, standard error.</summary>
public sealed class ApiVerbTests : IDisposable
{
    private readonly AsectlFiles _files = new();

    [Fact]
    public async Task Lint_CleanDescription_FindsNothing()
    {
        var run = await RunAsync("api", "lint", "api.yml");

        Assert.Equal((0, "api.yml: nothing found.\n", ""), (run.ExitCode, run.Output, run.Errors));
    }

    [Fact]
    public async Task Lint_MinimumAboveMaximum_IsAnError()
    {
        var text = await RunAsync("api", "lint", "refused.yml");
        var json = await RunAsync("api", "lint", "refused.yml", "--format", "json");
        var finding = json.Json.GetProperty("findings").EnumerateArray().First(found => found.GetProperty("severity").GetString() == "error");

        Assert.Equal((1, 1), (text.ExitCode, json.ExitCode));
        Assert.Contains("refused.yml: error: /parameters/1/minimum: ", text.Output, StringComparison.Ordinal);
        Assert.Equal(("schema.minimum_above_maximum", "/parameters/1/minimum"), (finding.GetProperty("rule").GetString(), finding.GetProperty("pointer").GetString()));
        Assert.False(json.Json.GetProperty("valid").GetBoolean());
        Assert.DoesNotContain("\e[", text.Output + json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lint_MisspeltKey_IsNotedWithItsLine()
    {
        var run = await RunAsync("api", "lint", "misspelt.yml", "--format", "json");
        var note = Assert.Single(run.Json.GetProperty("notes").EnumerateArray());

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(("import.ase_spelling", 12), (note.GetProperty("code").GetString(), note.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Lint_SettingsOfTheProject_Decide()
    {
        _files.Write("lint.json", """{"rules": {"schema.description_missing": "error"}}""");
        _files.Write("silent.yml", (await File.ReadAllTextAsync(_files.Combine("api.yml"))).Replace("          description: Words a minute\n", "", StringComparison.Ordinal));

        Assert.Equal(0, (await RunAsync("api", "lint", "silent.yml")).ExitCode);
        Assert.Equal(1, (await RunAsync("api", "lint", "silent.yml", "--fail-on", "warn")).ExitCode);
        Assert.Equal(1, (await RunAsync("api", "lint", "silent.yml", "--settings", "lint.json")).ExitCode);
    }

    [Theory]
    [InlineData("missing.yml", "missing.yml: there is no such file. Check the path, or give - for standard input.")]
    [InlineData(".", ".: this is a folder. Name a file in it.")]
    public async Task Lint_NoFile_SaysSo(string file, string problem)
    {
        var run = await RunAsync("api", "lint", file);

        Assert.Equal((2, "", problem + "\n"), (run.ExitCode, run.Output, run.Errors));
    }

    [Fact]
    public async Task Lint_BrokenYaml_NamesTheLine()
    {
        var run = await RunAsync("api", "lint", "broken.yml");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"\Abroken\.yml:[34]: [^\n]+\n\z", run.Errors);
    }

    [Fact]
    public async Task Lint_StandardInput_IsRead()
    {
        var run = await RunWithAsync(await File.ReadAllTextAsync(_files.Combine("api.yml")), "api", "lint", "-");

        Assert.Equal((0, "standard input: nothing found.\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Convert_ToOpenApiAndBack_IsTheSameDescription()
    {
        var there = await RunAsync("api", "convert", "-f", "api.yml", "--to", "openapi", "-o", "out/openapi.json");
        var back = await RunAsync("api", "convert", "-f", "out/openapi.json", "--to", "ase");
        var straight = await RunAsync("api", "convert", "-f", "api.yml", "--to", "ase");

        Assert.Equal((0, "", 0), (there.ExitCode, there.Output, back.ExitCode));
        Assert.Equal(straight.Output, back.Output);
    }

    [Fact]
    public async Task Convert_Json_TellsTextAndNotes()
    {
        var run = await RunAsync("api", "convert", "-f", "misspelt.yml", "--to", "ase", "--format", "json");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(("ase", "ase"), (run.Json.GetProperty("from").GetString(), run.Json.GetProperty("to").GetString()));
        Assert.Contains("parameters:", run.Json.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Single(run.Json.GetProperty("notes").EnumerateArray());
    }

    [Fact]
    public async Task FromCode_Wrapper_GivesADescriptionAndSaysWhatItCouldNotRead()
    {
        var run = await RunAsync("api", "from-code", "wrapper.py");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("serviceName: demo\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(["wrapper.py:2: UserRequest.a: maxLength is not read, because “LIMIT” has a value only when the program runs. Write the value itself."], run.ErrorLines);
    }

    [Fact]
    public async Task FromCode_NoApi_IsBadInput()
    {
        var run = await RunWithAsync("import os\n", "api", "from-code", "-");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("standard input: The file declares no API: ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Example_IsAValidRequest()
    {
        var example = await RunAsync("api", "example", "api.yml");
        var verdict = await RunWithAsync(example.Output, "api", "validate", "--schema", "api.yml", "--request", "-");

        Assert.Equal((0, 0), (example.ExitCode, verdict.ExitCode));
        Assert.Equal("standard input: valid.\n", verdict.Output);
    }

    [Fact]
    public async Task Validate_InvalidRequest_SaysWhereAndWhy()
    {
        var text = await RunAsync("api", "validate", "--schema", "api.yml", "--request", "bad.json");
        var json = await RunAsync("api", "validate", "--schema", "api.yml", "--request", "bad.json", "--format", "json");
        var error = Assert.Single(json.Json.GetProperty("errors").EnumerateArray());

        Assert.Equal((1, 1), (text.ExitCode, json.ExitCode));
        Assert.Equal("$.parameters.speed: 3 is below the minimum 50. [request.below_minimum]\nbad.json: not valid, 1 problems.\n", text.Output);
        Assert.Equal(
            ("$.parameters.speed", "/parameters/speed", "request.below_minimum"),
            (error.GetProperty("path").GetString(), error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("{", 2)]
    [InlineData("[]", 1)]
    [InlineData("", 2)]
    public async Task Validate_WhatIsNoRequest_IsNotAccepted(string request, int exitCode) =>
        Assert.Equal(exitCode, (await RunWithAsync(request, "api", "validate", "--schema", "api.yml", "--request", "-")).ExitCode);

    [Theory]
    [InlineData("""{"a": 3}""", 0)]
    [InlineData("""{"a": 2}""", 1)]
    [InlineData("""{"a": """, 2)]
    public async Task Validate_JsonSchema_HasItsOwnDialect(string value, int exitCode)
    {
        _files.Write("schema.json", """{"type": "object", "properties": {"a": {"type": "integer", "minimum": 3}}}""");

        var run = await RunWithAsync(value, "api", "validate", "--schema", "schema.json", "--request", "-", "--dialect", "json-schema", "--format", "json");

        Assert.Equal((exitCode, exitCode == 0), (run.ExitCode, run.Json.GetProperty("valid").GetBoolean()));
    }

    [Theory]
    [InlineData("schemas/schema_voice.json")]
    [InlineData("api.yml")]
    public async Task Validate_GatewaysDialect_ClosesObjects(string schema)
    {
        await RunAsync("api", "create", "-f", "api.yml");
        const string request = """
            {"header": {"app_id": "a", "status": 3}, "payload": {"text": {"text": "aGk=", "status": 3}}, "parameter": {"voice": {"vcn": "yezi"}}}
            """;
        string[] validate = ["api", "validate", "--dialect", "webgate", "--schema", schema, "--request", "-", "--format", "json"];

        var good = await RunWithAsync(request, validate);
        var bad = await RunWithAsync(request.Replace("\"yezi\"", "\"yezi\", \"vnc\": 1", StringComparison.Ordinal), validate);

        Assert.Equal(("[]", 0), (good.Json.GetProperty("errors").GetRawText(), good.ExitCode));
        Assert.Equal(("/parameter/voice/vnc", 1), (Text(Assert.Single(bad.Json.GetProperty("errors").EnumerateArray()), "pointer"), bad.ExitCode));
    }

    [Fact]
    public async Task Validate_GatewayWouldNotLoadTheFile_IsBadInput()
    {
        _files.Write("schema.json", """{"meta": {"serviceId": "s"}, "schemainput": {"type": "object", "properties": {"a": {"type": "array", "uniqueItems": true}}}}""");

        var run = await RunAsync("api", "validate", "--schema", "schema.json", "--request", "good.json", "--dialect", "webgate");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("#/schemainput/properties/a", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_BrokenJsonSchema_IsBadInput()
    {
        _files.Write("schema.json", """{"type": "whole"}""");

        var run = await RunAsync("api", "validate", "--schema", "schema.json", "--request", "good.json", "--dialect", "json-schema");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("schema.json: #/type: ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_SchemaInAFolderAndFormats_AreLookedAtWhereAsked()
    {
        _files.Write("other.json", """{"type": "string", "format": "date"}""");
        _files.Write("schema.json", """{"$ref": "https://schemas.example/other.json"}""");
        string[] validate = ["api", "validate", "--schema", "schema.json", "--request", "-", "--dialect", "json-schema"];
        string[] withFolder = [.. validate, "--documents", "https://schemas.example/=."];

        var number = await RunWithAsync("1", withFolder);
        var text = await RunWithAsync("\"no day\"", withFolder);
        var asserted = await RunWithAsync("\"no day\"", [.. withFolder, "--assert-formats"]);
        var unknown = await RunWithAsync("1", validate);
        var noFolder = await RunWithAsync("1", [.. validate, "--documents", "https://schemas.example/=nowhere"]);

        Assert.Equal([1, 0, 1, 2, 2], new[] { number, text, asserted, unknown, noFolder }.Select(run => run.ExitCode));
        Assert.Contains("nowhere", noFolder.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_SameDescription_IsEmpty()
    {
        var run = await RunAsync("api", "diff", "api.yml", "api.yml", "--format", "json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("""{"breaking":false,"changes":[]}""", JsonSerializer.Serialize(run.Json));
    }

    [Fact]
    public async Task Diff_NarrowerParameter_Breaks()
    {
        var text = await RunAsync("api", "diff", "api.yml", "narrower.yml");
        var json = await RunAsync("api", "diff", "api.yml", "narrower.yml", "--format", "json", "--fail-on", "ERR");
        var change = json.Json.GetProperty("changes")[0];

        Assert.Equal((1, 1, true), (text.ExitCode, json.ExitCode, json.Json.GetProperty("breaking").GetBoolean()));
        Assert.Equal(["id", "level", "path", "operation", "pointer", "text"], change.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("request-property-min-increased", "ERR", "POST"), (Text(change, "id"), Text(change, "level"), Text(change, "operation")));
        Assert.StartsWith("ERR  POST ", text.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("api", "diff", "narrower.yml", "api.yml")).ExitCode);
    }

    [Fact]
    public async Task Diff_KnownChange_IsIgnored()
    {
        _files.Write("known.txt", "# agreed with all callers\nrequest-property-min-increased POST /api/content/*\n");
        _files.Write("wrong.txt", "no-such-rule\n");

        var run = await RunAsync("api", "diff", "api.yml", "narrower.yml", "--ignore", "known.txt");
        var wrong = await RunAsync("api", "diff", "api.yml", "narrower.yml", "--ignore", "wrong.txt");

        Assert.Equal((0, 2), (run.ExitCode, wrong.ExitCode));
        Assert.StartsWith("wrong.txt:1: ", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_WholeOpenApiDocuments_AreComparedAsTheyStand()
    {
        _files.Write("v1.yaml", "openapi: 3.1.0\ninfo: {title: t, version: 1.0.0}\npaths:\n  /a:\n    get: {responses: {'200': {description: ok}}}\n");
        _files.Write("v2.json", """{"openapi": "3.1.0", "info": {"title": "t", "version": "2.0.0"}, "paths": {}}""");

        var run = await RunAsync("api", "diff", "v1.yaml", "v2.json", "--format", "json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("/a", Text(run.Json.GetProperty("changes")[0], "path"));
    }

    [Fact]
    public async Task Diff_DocumentsInSeveralFiles_FollowsTheirReferences()
    {
        const string document = """
            {"openapi": "3.1.0", "info": {"title": "t", "version": "1.0.0"}, "paths": {"/a": {"post": {
              "requestBody": {"content": {"application/json": {"schema": {"$ref": "one.types.yaml#/Body"}}}}, "responses": {"200": {"description": "ok"}}}}}}
            """;
        _files.Write("one.json", document);
        _files.Write("two.json", document.Replace("one.types", "two.types", StringComparison.Ordinal));
        _files.Write("one.types.yaml", "Body: {type: object, properties: {a: {type: integer, maximum: 9}}}\n");
        _files.Write("two.types.yaml", "Body: {type: object, properties: {a: {type: integer, maximum: 8}}}\n");

        var run = await RunAsync("api", "diff", "one.json", "two.json", "--format", "json");

        Assert.Equal("request-property-max-decreased", Text(run.Json.GetProperty("changes")[0], "id"));
    }

    [Theory]
    [InlineData("{\"maximum\": 9}", "{\"maximum\": 9}", "both", 0)]
    [InlineData("{\"maximum\": 8}", "{\"maximum\": 9}", "backward", 0)]
    [InlineData("{\"maximum\": 9}", "{\"maximum\": 8}", "forward", 1)]
    [InlineData("{\"type\": \"string\"}", "{\"type\": \"integer\"}", "none", 1)]
    public async Task Diff_JsonSchemas_SaysWhichDataSurvives(string before, string after, string verdict, int exitCode)
    {
        _files.Write("before.json", before);
        _files.Write("after.json", after);

        var json = await RunAsync("api", "diff", "before.json", "after.json", "--dialect", "json-schema", "--format", "json");
        var text = await RunAsync("api", "diff", "before.json", "after.json", "--dialect", "json-schema");

        Assert.Equal((exitCode, verdict), (json.ExitCode, Text(json.Json, "compatibility")));
        Assert.Equal((exitCode, verdict), (text.ExitCode, text.Output.Split('\n')[0]));
    }

    [Fact]
    public async Task Diff_Swagger_IsRefused()
    {
        _files.Write("swagger.json", """{"swagger": "2.0", "paths": {}}""");

        var run = await RunAsync("api", "diff", "swagger.json", "swagger.json");

        Assert.Equal((2, "swagger.json: Swagger 2.0 is not compared. Convert the document to OpenAPI 3 first.\n"), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task Diff_BrokenFile_IsBadInput() => Assert.Equal(2, (await RunAsync("api", "diff", "api.yml", "broken.yml")).ExitCode);

    [Fact]
    public async Task Create_WritesTheGatewaysFile()
    {
        var run = await RunAsync("api", "create", "-f", "api.yml");
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(_files.Combine("schemas/schema_voice.json")));

        Assert.Equal((0, "Wrote schemas/schema_voice.json.\n", ""), (run.ExitCode, run.Output, run.Errors));
        Assert.Equal("voice", file.RootElement.GetProperty("meta").GetProperty("serviceId").GetString());
    }

    [Fact]
    public async Task Create_LintErrors_WritesNothing()
    {
        var run = await RunAsync("api", "create", "-f", "refused.yml");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("refused.yml: /parameters/1/minimum: ", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_files.Combine("schemas")));
    }

    [Fact]
    public async Task Create_PushWithoutAnAnswer_DoesNotPush()
    {
        var run = await RunAsync("api", "create", "-f", "api.yml", "--push");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Push voice 1.0.0 to http://127.0.0.1:5080/? [y/N]", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", 2, "'nonsense' is no address of a console.")]
    [InlineData("http://console.example", 2, "http://console.example/: a password is not sent over plain http")]
    [InlineData("http://127.0.0.1:9", 2, "needs an account")]
    public async Task Create_PushToNowhere_SaysWhatIsMissing(string address, int exitCode, string problem)
    {
        var run = await RunAsync("api", "create", "-f", "api.yml", "--push", "--yes", "--console", address);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(problem, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Web_NoConsole_SaysHowToStartOne()
    {
        var run = await RunAsync("api", "web", "--console", $"http://127.0.0.1:{FreePort.Next()}");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("dotnet run --project AvaConsole.Web", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();

    private static string? Text(JsonElement value, string name) => value.GetProperty(name).GetString();

    private Task<AsectlRun> RunAsync(params string[] arguments) => AsectlProcess.RunAsync(_files.FullPath, arguments);

    private Task<AsectlRun> RunWithAsync(string input, params string[] arguments) => AsectlProcess.RunAsync(_files.FullPath, input, null, arguments);
}
