using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Core.Schemas.Formats;

public sealed class RoundTripTests
{
    private const int Documents = 100;

    [Fact]
    public void Ase_AnyDocument_ComesBack() => AllComeBack(SchemaFormat.Ase, new SchemaWriteOptions());

    [Fact]
    public void Ase_CompatibleSpelling_ComesBack() => AllComeBack(SchemaFormat.Ase, new SchemaWriteOptions { AseCompatible = true }, mayNote: true);

    [Theory]
    [InlineData("3.0", false)]
    [InlineData("3.0", true)]
    [InlineData("3.1", false)]
    [InlineData("3.1", true)]
    public void OpenApi_AnyDocument_ComesBack(string version, bool yaml) =>
        AllComeBack(SchemaFormat.OpenApi, new SchemaWriteOptions { OpenApiVersion = version, Yaml = yaml });

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void JsonSchema_AnyDocument_ComesBack(bool response, bool yaml) =>
        AllComeBack(SchemaFormat.JsonSchema, new SchemaWriteOptions { Response = response, Yaml = yaml });

    [Fact]
    public void Webgate_AnyDocumentThatItCanSay_ComesBack()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Documents);
        Check.One(config, Prop.ForAll(ApiSchemaGenerator.Arbitrary, schema => ComesBack(Sayable.At(schema), SchemaFormat.Webgate, new SchemaWriteOptions(), mayNote: false)));
    }

    [Fact]
    public void Webgate_AnyDocumentThatItCanSay_Loads()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Documents);
        Check.One(config, Prop.ForAll(ApiSchemaGenerator.Arbitrary, schema =>
        {
            var problems = GatewayLint.Check(Text(Sayable.At(schema), SchemaFormat.Webgate, new SchemaWriteOptions()));
            Assert.Empty(problems.Value!);
            return true;
        }));
    }

    private static void AllComeBack(SchemaFormat format, SchemaWriteOptions options, bool mayNote = false)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Documents);
        Check.One(config, Prop.ForAll(ApiSchemaGenerator.Arbitrary, schema => ComesBack(schema, format, options, mayNote)));
    }

    private static bool ComesBack(ApiSchema schema, SchemaFormat format, SchemaWriteOptions options, bool mayNote)
    {
        var text = Text(schema, format, options);
        var read = SchemaReader.Read(text);
        Assert.True(read.IsSuccess, read.Error is InvalidError error ? string.Join("\n", error.Problems) : "");
        Assert.Equal(format, read.Value.Format);
        Assert.Equal(Json(schema), Json(read.Value.Schema));
        Assert.Equal(text, Text(read.Value.Schema, format, options));
        if (!mayNote)
        {
            Assert.Empty(read.Value.Notes);
        }

        return true;
    }

    private static string Text(ApiSchema schema, SchemaFormat format, SchemaWriteOptions options)
    {
        var written = SchemaWriter.Write(schema, format, options);
        Assert.True(written.IsSuccess, written.Error is InvalidError error ? string.Join("\n", error.Problems) : "");
        return written.Value.Text;
    }

    private static string Json(ApiSchema schema) => Encoding.UTF8.GetString(ApiSchemaJson.Write(schema));
}
