using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Core.Schemas.Formats;

public sealed class GeneratorTests
{
    [Fact]
    public void Create_AnySeed_NoLintError() =>
        Prop.ForAll(ApiSchemaGenerator.Arbitrary, schema => Assert.Empty(Errors(schema))).QuickCheckThrowOnFailure();

    [Fact]
    public void Create_SameSeed_SameBytes() => Assert.Equal(ApiSchemaJson.Write(ApiSchemaGenerator.Create(7)), ApiSchemaJson.Write(ApiSchemaGenerator.Create(7)));

    private static IEnumerable<string> Errors(ApiSchema schema) =>
        SchemaLint.Check(schema).Where(finding => finding.Severity == LintSeverity.Error).Select(finding => $"{finding.Rule} {finding.Pointer} {string.Join(' ', finding.Args)}");
}
