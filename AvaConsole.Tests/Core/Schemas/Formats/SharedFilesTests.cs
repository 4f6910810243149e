using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Core.Schemas.Formats;

/// <summary>Published documents of the formats.</summary>
public sealed class SharedFilesTests
{
    public static TheoryData<string> GatewayFiles { get; } =
    [
        "ase/webgate/mmocr-backup-demo.json", "ase/webgate/mnist-from-loader.json", "ase/webgate/s6d69bb68-text2image.json",
        "ase/wrapper-fields/aiges-tpls-wrapper.schema.json", "ase/wrapper-fields/mnist-wrapper-wrapper.schema.json",
        "ase/wrapper-fields/text2image-open-wrapper-wrapper.schema.json",
    ];

    [SharedDataTheory("ase/webgate")]
    [MemberData(nameof(GatewayFiles))]
    public void Gateway_PublishedFile_ImportExportImportIsTheSame(string file)
    {
        var first = SchemaReader.Read(File.ReadAllText(SharedData.Combine(file)), file).Value!;
        var written = SchemaWriter.Write(first.Schema, SchemaFormat.Webgate);
        var second = SchemaReader.Read(written.Value!.Text).Value!;

        Assert.Equal(SchemaFormat.Webgate, first.Format);
        Assert.Equal(Json(first.Schema), Json(second.Schema));
        Assert.Empty(second.Notes);
        Assert.Equal(written.Value.Text, SchemaWriter.Write(second.Schema, SchemaFormat.Webgate).Value!.Text);
        Assert.Empty(GatewayLint.Check(written.Value.Text).Value!);
    }

    [SharedDataFact("ase/webgate/s6d69bb68-text2image.json")]
    public void Gateway_TextToImage_HasItsStreamsAndSettings()
    {
        var schema = Read("ase/webgate/s6d69bb68-text2image.json").Schema;

        Assert.Equal(("s6d69bb68", "1.0.0", "once"), (schema.Service, schema.Version, schema.Interaction));
        Assert.Equal("atmos-low-concurrency", schema.Gateway.Call);
        Assert.Equal(["api.xf-yun.com"], schema.Gateway.Hosts);
        Assert.Empty(schema.Gateway.Routes);
        Assert.Empty(schema.Parameters);
        var input = Assert.Single(schema.Payload);
        Assert.Equal(("input_text", "text"), (input.Name, input.Type));
        Assert.Equal(["utf8", "gb2312", "gbk"], input.Encodings);
        var output = Assert.Single(schema.Response);
        Assert.Equal(("output_imgs", "image"), (output.Name, output.Type));
        Assert.Equal(["jpg", "jpeg", "png", "bmp", "webp", "tiff"], output.Encodings);
    }

    [SharedDataFact("ase/webgate/s6d69bb68-text2image.json")]
    public void Gateway_TextToImageWrittenAgain_MeansTheSame()
    {
        var file = JsonNode.Parse(File.ReadAllText(SharedData.Combine("ase/webgate/s6d69bb68-text2image.json")))!;
        var written = JsonNode.Parse(SchemaWriter.Write(Read("ase/webgate/s6d69bb68-text2image.json").Schema, SchemaFormat.Webgate).Value!.Text)!;

        foreach (var member in new[] { "serviceId", "service", "sub", "call", "call_type", "webgate_type", "hosts", "route", "s6d69bb68" })
        {
            Assert.Equal(file["meta"]![member]!.ToJsonString(), written["meta"]![member]!.ToJsonString());
        }

        var (expected, actual) = (Stream(file), Stream(written));
        foreach (var word in new[] { "encoding", "compress", "format", "status", "text" })
        {
            Assert.True(JsonNode.DeepEquals(expected[word], actual[word]), $"{word}: {actual[word]!.ToJsonString()}");
        }
    }

    [SharedDataFact("ase/apischema/image-detect.apischema.yaml")]
    public void Ase_PublishedSample_ExactlyTheseNotes()
    {
        var read = Read("ase/apischema/image-detect.apischema.yaml");

        Assert.Equal(
            [
                "9 import.ase_spelling configFilname configFilename",
                "9 import.ase_derived configFilename xxxx.json schema_image-detect.json",
                "11 import.ase_derived name my-api-schema image-detect",
                "14 import.ase_spelling paramters parameters",
                "54 import.ase_base64 jpg image",
                "56 import.member_unknown raw string",
                "58 import.ase_spelling vedio video",
                "61 import.member_unknown raw string",
                "65 import.ase_spelling palyload payload",
            ],
            read.Notes.Select(note => $"{note.Line} {note.Code} {string.Join(' ', note.Args)}"));
    }

    [SharedDataFact("ase/apischema/image-detect.apischema.yaml")]
    public void Ase_PublishedSample_SameDocumentFromEveryFormat()
    {
        var schema = Read("ase/apischema/image-detect.apischema.yaml").Schema;

        Assert.Equal(("gas", "guiderAllService", "dx", "image-detect", "1.0.0"), (schema.Group, schema.Project, schema.Region, schema.Service, schema.Version));
        foreach (var format in new[] { SchemaFormat.Ase, SchemaFormat.OpenApi, SchemaFormat.JsonSchema })
        {
            Assert.Equal(Json(schema), Json(SchemaReader.Read(SchemaWriter.Write(schema, format).Value!.Text).Value!.Schema));
        }
    }

    private static JsonNode Stream(JsonNode file) => file["schemainput"]!["properties"]!["payload"]!["properties"]!["input_text"]!["properties"]!;

    private static ImportedSchema Read(string file) => SchemaReader.Read(File.ReadAllText(SharedData.Combine(file))).Value!;

    private static string Json(ApiSchema schema) => Encoding.UTF8.GetString(ApiSchemaJson.Write(schema));
}
