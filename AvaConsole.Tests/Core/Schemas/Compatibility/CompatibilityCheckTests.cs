using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Compatibility;
using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Tests.Core.Schemas.Compatibility;

public sealed class CompatibilityCheckTests
{
    [Fact]
    public void Compare_ApiGainsRequiredParameter_IsBreaking()
    {
        var before = new ApiSchema { Service = "ocr", Version = "1.0.0", Parameters = [new ApiParameter { Name = "page", Type = "integer" }] };
        var after = before with { Version = "1.1.0", Parameters = [.. before.Parameters, new ApiParameter { Name = "language", Type = "string", Required = true }] };

        var report = CompatibilityCheck.Compare(before, after);

        Assert.True(report.IsBreaking);
        Assert.Equal("new-required-request-property", report.Changes[0].Id);
        Assert.Equal("api-major-version-not-bumped", report.Changes[^1].Id);
    }

    [Fact]
    public void Compare_ApiUnderAnotherName_ComparesWhatItSays() =>
        Assert.Empty(CompatibilityCheck.Compare(new ApiSchema { Service = "ocr", Title = "t" }, new ApiSchema { Service = "ocr2", Title = "t" }).AtLeast(ChangeLevel.Warn));

    [Theory]
    [InlineData("request-parameter-removed", 0)]
    [InlineData("request-parameter-removed get /a/b", 0)]
    [InlineData("* * /a/*", 0)]
    [InlineData("# nothing\n\nrequest-parameter-removed POST", 1)]
    [InlineData("request-parameter-removed GET /a", 1)]
    public void Compare_IgnoredChange_IsNotSaid(string file, int said)
    {
        var before = DocumentReader.Read("paths: {/a/b: {get: {parameters: [{name: q, in: query}]}}}").Value!;
        var after = DocumentReader.Read("paths: {/a/b: {get: {}}}").Value!;

        var report = CompatibilityCheck.Compare(before, after, new CompatibilityOptions { Ignored = IgnoredChange.Parse(file).Value! });

        Assert.Equal(said, report.Changes.Count);
    }

    [Fact]
    public void Compare_SameChangeInTwoMediaTypes_IsSaidOfEach()
    {
        var changes = CompatibilityCheck.Compare(Media("a, b"), Media("a")).Changes;

        Assert.Equal(["response-mediatype-enum-value-removed", "response-mediatype-enum-value-removed"], changes.Select(change => change.Id));
        Assert.Equal(2, changes.Select(change => change.Pointer).Distinct().Count());

        static JsonNode Media(string values) => DocumentReader.Read(
            $"paths: {{/a: {{get: {{responses: {{'200': {{content: {{application/json: {{schema: {{enum: [{values}]}}}}, application/xml: {{schema: {{enum: [{values}]}}}}}}}}}}}}}}}}").Value!;
    }

    [Theory]
    [InlineData("maxLength")]
    [InlineData("title")]
    public void Compare_MorePathsThanAnyoneCouldWalk_SaysThatItStopped(string keyword)
    {
        var report = CompatibilityCheck.Compare(Fan(40, keyword, 10), Fan(40, keyword, 5));

        Assert.False(report.IsComplete);
        Assert.True(CompatibilityCheck.Compare(Fan(40, keyword, 10), Fan(40, keyword, 10)).IsComplete);
    }

    [Fact]
    public void Parse_LinesThatNameNoRule_AreNamed()
    {
        var error = Assert.IsType<InvalidError>(IgnoredChange.Parse("api-tag-removed\nno-such-rule\napi-tag-added GET /a extra").Error);

        Assert.Equal([2, 3], error.Problems.Select(problem => problem.Args[0]));
    }

    // Each schema has two properties of the next one: 2^floors ways to the last.
    private static JsonNode Fan(int floors, string keyword, int value)
    {
        var schemas = new JsonObject { [$"S{floors}"] = new JsonObject { ["type"] = "string", [keyword] = value } };
        for (var floor = 0; floor < floors; floor++)
        {
            var next = $"#/components/schemas/S{floor + 1}";
            schemas[$"S{floor}"] = new JsonObject { ["properties"] = new JsonObject { ["a"] = new JsonObject { ["$ref"] = next }, ["b"] = new JsonObject { ["$ref"] = next } } };
        }

        var document = DocumentReader.Read("paths: {/a: {post: {requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/S0'}}}}}}}").Value!;
        document["components"] = new JsonObject { ["schemas"] = schemas };
        return document;
    }
}
