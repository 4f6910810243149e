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
        Prop.ForAll(ApiSchemaGenerator.Arbitrary, schema => SchemaLint.Check(schema).All(finding => finding.Severity < LintSeverity.Error)).QuickCheckThrowOnFailure();

    [Fact]
    public void Create_SameSeed_SameBytes() => Assert.Equal(ApiSchemaJson.Write(ApiSchemaGenerator.Create(7)), ApiSchemaJson.Write(ApiSchemaGenerator.Create(7)));
}
