using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Compatibility;
using AvaConsole.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Core.Schemas;

public sealed class CompatibilityPropertyTests
{
    [Fact]
    public void Compare_AnyApiWithItself_IsEmpty() =>
        Prop.ForAll(ApiSchemaGenerator.Arbitrary, schema => CompatibilityCheck.Compare(schema, schema).Changes.Count == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Compare_AnyApiThatLosesAllParameters_LosesRequestPropertiesOnly() =>
        Prop.ForAll(
            ApiSchemaGenerator.Arbitrary,
            schema => CompatibilityCheck.Compare(schema, schema with { Parameters = [] }).Changes.All(change => change.Direction is "request" or "")).QuickCheckThrowOnFailure();
}
