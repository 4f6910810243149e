using System.Globalization;
using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Tests.Core.Schemas.Compatibility;

public sealed class DocumentReaderTests
{
    [Theory]
    [InlineData("a: 2024-01-31", """{"a":"2024-01-31"}""")]
    [InlineData("a: yes\nb: on\nc: n", """{"a":"yes","b":"on","c":"n"}""")]
    [InlineData("a: true\nb: FALSE\nc: ~\nd:", """{"a":true,"b":false,"c":null,"d":null}""")]
    [InlineData("a: 12345678901234567890\nb: 1.10\nc: -0", """{"a":12345678901234567890,"b":1.10,"c":-0}""")]
    [InlineData("a: 0x1F\nb: 0o17\nc: 0o8\nd: .5\ne: +3\nf: 007", """{"a":31,"b":15,"c":"0o8","d":0.5,"e":3,"f":7}""")]
    [InlineData("a: .inf\nb: 1e999\nc: 1_000\nd: 12:30", """{"a":".inf","b":1e999,"c":"1_000","d":"12:30"}""")]
    [InlineData("a: '1'\nb: \"true\"\nc: !!str 2\nd: |\n  x", """{"a":"1","b":"true","c":"2","d":"x"}""")]
    [InlineData("200: a\ntrue: b\n1.0: c", """{"200":"a","true":"b","1.0":"c"}""")]
    [InlineData("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: [*x]", """{"x":{"a":1,"b":2},"y":{"b":3,"a":1},"z":[{"a":1,"b":2}]}""")]
    [InlineData("x: &x {a: 1}\ny: &y {a: 2, b: 2}\nz: {<<: [*x, *y]}", """{"x":{"a":1},"y":{"a":2,"b":2},"z":{"a":1,"b":2}}""")]
    [InlineData("""{"a": [1, "é", {"b": null}]}""", """{"a":[1,"é",{"b":null}]}""")]
    [InlineData("{a: 1, 'b': two}", """{"a":1,"b":"two"}""")]
    public void Read_Document_IsTheJsonItMeans(string text, string json) =>
        Assert.Equal(json, DocumentReader.Read(text).Value?.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    [Theory]
    [InlineData("a: 1\nb: [", "document.not_yaml", 3L)]
    [InlineData("a: 1\nb: 2\na: 3", "document.duplicate_key", 3L)]
    [InlineData("{\"a\": 1,\n \"a\": 2}", "document.duplicate_key", 2L)]
    [InlineData("a: *b", "document.unknown_alias", 1L)]
    [InlineData("a: &a [*a]", "document.unknown_alias", 1L)]
    [InlineData("? [a, b]\n: 1", "document.key_not_text", 1L)]
    public void Read_Broken_NamesTheLine(string text, string code, long line)
    {
        var problem = Assert.Single(Assert.IsType<InvalidError>(DocumentReader.Read(text, "api.yaml").Error).Problems);

        Assert.Equal(("api.yaml", code), (problem.Field, problem.Code));
        Assert.Equal(line, Convert.ToInt64(problem.Args[0], null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("~")]
    public void Read_Nothing_SaysSo(string text) => Assert.Equal("document.empty", CodeOf(text));

    [Fact]
    public void Read_AliasBomb_StopsAtOnce()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 12; level++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{level}: &a{level} [").AppendJoin(", ", Enumerable.Repeat($"*a{level - 1}", 10)).Append("]\n");
        }

        Assert.Equal("document.too_big", CodeOf(text.ToString()));
    }

    [Fact]
    public void Read_DeepNesting_IsRefused()
    {
        Assert.Equal("document.too_deep", CodeOf(new string('[', 100_000) + new string(']', 100_000)));
        Assert.Equal("document.too_deep", CodeOf(AliasTower(floors: 40, height: 20)));
    }

    [Fact]
    public async Task ReadAsync_ReferencesToFiles_LeadIntoTheDocument()
    {
        using var folder = new TemporaryFolder();
        var main = folder.Write("api.yaml", "paths: {$ref: 'paths/all.yaml#/items'}\nlocal: {$ref: '#/x'}\nfar: {$ref: 'https://example.org/a.yaml'}");
        folder.Write("paths/all.yaml", "items: {/a: {get: {parameters: [{$ref: '../common.json'}, {$ref: '#/own'}]}}}\nown: {name: o}");
        folder.Write("common.json", """{"name": "c", "back": {"$ref": "api.yaml#/local"}}""");

        var document = (await DocumentFiles.ReadAsync(main, CancellationToken.None)).Value!;

        Assert.Equal("#/x-files/paths~1all.yaml/items", document["paths"]!["$ref"]!.GetValue<string>());
        Assert.Equal("#/x", document["local"]!["$ref"]!.GetValue<string>());
        Assert.Equal("https://example.org/a.yaml", document["far"]!["$ref"]!.GetValue<string>());
        Assert.Equal("#/local", document["x-files"]!["common.json"]!["back"]!["$ref"]!.GetValue<string>());
        Assert.Equal(
            ["c", "o"],
            new ApiDocument(document).Paths.Single().Operations["GET"].Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public async Task ReadAsync_FileMissing_NamesIt()
    {
        using var folder = new TemporaryFolder();
        var main = folder.Write("api.yaml", "a: {$ref: 'gone.yaml'}");

        var problem = Assert.Single(Assert.IsType<InvalidError>((await DocumentFiles.ReadAsync(main, CancellationToken.None)).Error).Problems);

        Assert.Equal(("gone.yaml", "document.file_unreadable"), (problem.Field, problem.Code));
    }

    [Fact]
    public void Follow_ReferencesInCircles_FindNothing()
    {
        var document = DocumentReader.Read("a: {$ref: '#/b'}\nb: {$ref: '#/a'}\nc: {$ref: '#/c/d'}\nd: {$ref: '#/e~1f/0'}\ne/f: [{$ref: '#/g'}]\ng: {name: found}").Value!;
        var references = new AvaConsole.Core.Schemas.Compatibility.ReferenceResolver(document);

        Assert.Null(references.Follow(document["a"]));
        Assert.Null(references.Follow(document["c"]));
        Assert.Equal("found", references.Follow(document["d"])!["name"]!.GetValue<string>());
    }

    // Each floor holds the one below: no line is deep, the whole is.
    private static string AliasTower(int floors, int height)
    {
        var text = new StringBuilder("a0: &a0 x\n");
        for (var floor = 1; floor < floors; floor++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{floor}: &a{floor} {new string('[', height)}*a{floor - 1}{new string(']', height)}\n");
        }

        return text.ToString();
    }

    private static string? CodeOf(string text) => (DocumentReader.Read(text).Error as InvalidError)?.Problems[0].Code;

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

        public string Write(string name, string text)
        {
            var path = Path.Combine(_folder.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return path;
        }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
