using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Core.Schemas.Lint;

public sealed class LintSettingsTests
{
    private static readonly ApiSchema s_schema = new() { Service = "digits", Parameters = [new ApiParameter { Name = "x", Type = "integer", Minimum = 2, Maximum = 1 }] };

    [Fact]
    public void Check_RuleOffOrWarn_ObeysTheProject()
    {
        Assert.Empty(SchemaLint.Errors(SchemaLint.Check(s_schema, LintSettings.Default.With("schema.minimum_above_maximum", LintSeverity.Warn))));
        Assert.DoesNotContain(SchemaLint.Check(s_schema, LintSettings.Default.With("schema.minimum_above_maximum", LintSeverity.Off)), finding => finding.Rule == "schema.minimum_above_maximum");
        Assert.Contains(SchemaLint.Errors(SchemaLint.Check(s_schema, LintSettings.Default.With("schema.description_missing", LintSeverity.Error))), problem => problem.Code == "schema.description_missing");
    }

    [Fact]
    public void Parse_WhatWasWritten_IsTheSame()
    {
        var settings = LintSettings.Default.With("schema.response_missing", LintSeverity.Off).With("schema.description_missing", LintSeverity.Error);

        Assert.Equal("{\n  \"rules\": {\n    \"schema.description_missing\": \"error\",\n    \"schema.response_missing\": \"off\"\n  }\n}\n", settings.ToJson());
        Assert.Equal(settings.ToJson(), LintSettings.Parse(settings.ToJson()).Value!.ToJson());
    }

    [Fact]
    public void With_RulesOwnSeverity_IsNotMentioned() =>
        Assert.Empty(LintSettings.Default.With("schema.response_missing", LintSeverity.Off).With("schema.response_missing", LintSeverity.Warn).Rules);

    [Theory]
    [InlineData("{", "lint.settings_not_json")]
    [InlineData("[]", "lint.settings_shape")]
    [InlineData("{\"rules\": {}, \"x\": 1}", "lint.settings_shape")]
    [InlineData("{\"rules\": {\"schema.response_missing\": \"maybe\"}}", "lint.severity_unknown")]
    [InlineData("{\"rules\": {\"schema.reponse_missing\": \"off\"}}", "lint.rule_unknown_near")]
    [InlineData("{\"rules\": {\"nonsense\": \"off\"}}", "lint.rule_unknown")]
    [InlineData("{\"rules\": {\"schema.service_missing\": \"off\"}}", "lint.rule_fixed")]
    public void Parse_Unusable_SaysWhy(string json, string code) =>
        Assert.Equal(code, Assert.Single(Assert.IsType<InvalidError>(LintSettings.Parse(json).Error).Problems).Code);

    [Fact]
    public void Rules_Ids_AreUniqueAndEveryOneIsUsed()
    {
        var folder = RepositoryRoot.Combine("AvaConsole.Core", "Schemas", "Lint");
        var code = string.Concat(Directory.EnumerateFiles(folder, "*.cs").Where(file => !file.EndsWith("LintRules.cs", StringComparison.Ordinal)).Select(File.ReadAllText));

        Assert.Equal(LintRules.All.Count, LintRules.All.Select(rule => rule.Id).Distinct().Count());
        code += File.ReadAllText(RepositoryRoot.Combine("AvaConsole.Core", "Schemas", "Formats", "GatewayRefusals.cs"));
        Assert.All(LintRules.All, rule => Assert.Contains($"\"{rule.Id}\"", code));
    }
}
