using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility;
using AvaConsole.Core.Schemas.Compatibility.Documents;
using AvaConsole.Core.Schemas.Compatibility.Rules;

namespace AvaConsole.Tests.Core.Schemas.Compatibility;

/// <summary>The rules that are not about schemas, case by case: <c>operations.yaml</c>.</summary>
public sealed class OperationRulesTests
{
    private static readonly CompatibilityOptions s_options = new() { Today = new DateOnly(2030, 1, 1) };
    private static readonly Dictionary<string, JsonObject> s_cases = Read();

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Compare_Case_NamesItsRules(string name)
    {
        var (before, after) = Documents(s_cases[name]);

        var report = CompatibilityCheck.Compare(before, after, s_options);

        var expected = s_cases[name]["changes"]!.AsArray().Select(change => change!.GetValue<string>()).Order(StringComparer.Ordinal);
        Assert.Equal(expected, report.Changes.Select(change => $"{change.Id} {change.Level.ToString().ToUpperInvariant()}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compare_DocumentWithItself_IsEmpty(string name)
    {
        var (before, after) = Documents(s_cases[name]);

        Assert.Empty(CompatibilityCheck.Compare(before, before.DeepClone(), s_options).Changes);
        Assert.Empty(CompatibilityCheck.Compare(after, after.DeepClone(), s_options).Changes);
    }

    [Fact]
    public void Cases_RulesOutsideSchemas_AreAllNamed()
    {
        // A grace period is asked for by projects that set one, so that its rules have tests of their own.
        string[] elsewhere = ["api-deprecated-sunset-missing", "request-parameter-deprecated-sunset-missing"];
        string[] areas = ["Paths", "Parameters", "RequestBody", "Responses", "Headers", "Security", "Tags", "Components", "Info"];
        var named = s_cases.Values.SelectMany(item => item["changes"]!.AsArray()).Select(change => change!.GetValue<string>().Split(' ')[0]).ToHashSet();

        var missing = RuleTable.All.Where(rule => areas.Contains(rule.Area) && !IsAboutSchema(rule.Id)).Select(rule => rule.Id).Except(named).Except(elsewhere);

        Assert.Empty(missing);
    }

    [Fact]
    public void Compare_GracePeriodSet_AsksForADay()
    {
        var options = s_options with { StableDeprecationDays = 30, BetaDeprecationDays = 10 };
        var (before, _) = Documents("{/a: {get: {parameters: [{name: q, in: query}]}, put: {x-stability-level: beta}}}", "{}");
        var (after, _) = Documents(
            "{/a: {get: {deprecated: true, parameters: [{name: q, in: query, deprecated: true}]}, put: {x-stability-level: beta, deprecated: true, x-sunset: '2030-01-12'}}}",
            "{}");

        var ids = CompatibilityCheck.Compare(before, after, options).Changes.Select(change => change.Id);

        Assert.Equal(["api-deprecated-sunset-missing", "request-parameter-deprecated-sunset-missing", "endpoint-deprecated-with-sunset"], ids);
    }

    [Fact]
    public void Compare_LevelsSet_FollowsThem()
    {
        var (before, after) = Documents("{/a: {get: {parameters: [{name: q, in: query}], tags: [x]}}}", "{/a: {get: {}}}");
        var options = s_options with { Levels = new Dictionary<string, ChangeLevel?> { ["request-parameter-removed"] = ChangeLevel.Err, ["api-tag-removed"] = null } };

        var report = CompatibilityCheck.Compare(before, after, options);

        Assert.Equal(("request-parameter-removed", ChangeLevel.Err), Assert.Single(report.Changes.Select(change => (change.Id, change.Level))));
        Assert.True(report.IsBreaking);
    }

    [Fact]
    public void Compare_SeveralChanges_SaysTheMostDangerousFirst()
    {
        var (before, after) = Documents("{/b: {get: {tags: [x], parameters: [{name: q, in: query}]}}, /a: {get: {}}}", "{/b: {get: {}}}");

        var changes = CompatibilityCheck.Compare(before, after, s_options).Changes;

        Assert.Equal([ChangeLevel.Err, ChangeLevel.Warn, ChangeLevel.Info], changes.Select(change => change.Level));
        Assert.Equal("The path was removed though it was not deprecated.", changes[0].Text);
        Assert.Equal("The query parameter q was removed.", changes[1].Text);
        Assert.Equal(("/b", "GET", "/paths/~1b/get/parameters/0"), (changes[1].Path, changes[1].Operation, changes[1].Pointer));
    }

    // Rules of the area "Parameters" or "Headers" that a schema decides.
    private static bool IsAboutSchema(string id) =>
        Contains(id, "-property", "-content-")
        || (Contains(id, "-enum", "-nullable", "-default-value-", "-max", "-min", "-pattern-", "-type-", "-types-") && !Contains(id, "media-type"));

    private static bool Contains(string id, params string[] parts) => parts.Any(part => id.Contains(part, StringComparison.Ordinal));

    private static Dictionary<string, JsonObject> Read([CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "operations.yaml");
        return DocumentReader.Read(File.ReadAllText(file)).Value!.AsArray().Select(item => item!.AsObject()).ToDictionary(item => item["name"]!.GetValue<string>());
    }

    private static (JsonObject Before, JsonObject After) Documents(JsonObject item)
    {
        var both = item["document"];
        var each = item["documents"] as JsonArray;
        return (Document(item["before"]!, both ?? each?[0]), Document(item["after"]!, both ?? each?[1]));
    }

    private static (JsonObject Before, JsonObject After) Documents(string before, string after) =>
        (Document(DocumentReader.Read(before).Value!, null), Document(DocumentReader.Read(after).Value!, null));

    private static JsonObject Document(JsonNode paths, JsonNode? more)
    {
        var document = new JsonObject { ["openapi"] = "3.1.0", ["info"] = new JsonObject { ["title"] = "t", ["version"] = "1" }, ["paths"] = paths.DeepClone() };
        foreach (var (key, value) in more as JsonObject ?? [])
        {
            document[key] = value?.DeepClone();
        }

        return document;
    }
}
