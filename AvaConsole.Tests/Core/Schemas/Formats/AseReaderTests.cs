using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Tests.Core.Schemas.Formats;

public sealed class AseReaderTests
{
    [Fact]
    public void Read_EveryKindOfMistake_PutRightOrLeftOutWithItsLine()
    {
        var read = SchemaReader.Read("""
            kind: ApiSchema
            metadata:
              servicename: svc
              version: 1.0
              labels: {a: b}
            spec:
              request:
                paramters:
                  properties:
                    a: {type: integer, minumum: 3, default: yes}
                    b: {type: string, default: 1.50, enum: [on, 2]}
                  required: [a, gone]
                payload:
                  properties:
                    p: {type: imgae, encoding: png, compression: gzip}
                    q: {type: base64, format: mp4}
                    r: just text
              reponse: {}
            """).Value!;

        Assert.Equal(
            [
                "3 import.ase_spelling servicename serviceName", "5 import.member_unknown labels {…}", "8 import.ase_spelling paramters parameters",
                "10 import.member_unknown_near minumum 3 minimum", "11 import.value_made_text enum 2", "11 import.value_made_text default 1.50",
                "12 import.required_unknown gone", "15 import.member_unknown_near compression gzip compress", "15 import.ase_spelling imgae image",
                "16 import.ase_base64 mp4 video", "17 import.value_dropped r just text", "18 import.member_unknown_near reponse {…} response",
            ],
            read.Notes.Select(note => $"{note.Line} {note.Code} {string.Join(' ', note.Args)}"));
        Assert.Equal(("svc", "1.0"), (read.Schema.Service, read.Schema.Version));
        Assert.Equal(("yes", true), (read.Schema.Parameters[0].Default, read.Schema.Parameters[0].Required));
        Assert.Equal("1.50", read.Schema.Parameters[1].Default);
        Assert.Equal(["on", "2"], read.Schema.Parameters[1].Enum);
        Assert.Equal(["p", "q"], read.Schema.Payload.Select(entry => entry.Name));
        Assert.Equal(["mp4"], read.Schema.Payload[1].Encodings);
    }

    [Fact]
    public void Read_JsonInsteadOfYaml_TheSame()
    {
        var read = SchemaReader.Read("""
            {"kind": "ApiSchema", "metadata": {"serviceName": "svc"}, "spec": {"request": {"parameters": {"properties": {"a": {"type": "boolean"}}}}}}
            """).Value!;

        Assert.Empty(read.Notes);
        Assert.Equal("boolean", Assert.Single(read.Schema.Parameters).Type);
    }

    [Fact]
    public void Read_UnfinishedDraft_ComesBackAsItWas()
    {
        var draft = new ApiSchema
        {
            Group = "",
            Version = "",
            Parameters =
            [
                new ApiParameter { Type = "int", Default = "x", Enum = ["1", "one", "01"], MinLength = -1 },
                new ApiParameter { Name = "a b", Type = "", Properties = [new ApiParameter { Name = "c", Type = "string|integer" }], Open = true },
                new ApiParameter { Name = "d", Type = "array", Default = "[1," },
                new ApiParameter { Name = "e", Type = "boolean", Default = "yes", Items = new ApiParameter(), Minimum = 3 },
            ],
            Payload = [new PayloadEntry { Name = "p", Type = "sculpture", Encodings = ["a", ""], Shape = [0], SampleRates = [1], Content = new ApiParameter { Type = "?" } }],
        };

        var read = SchemaReader.Read(SchemaWriter.Write(draft, SchemaFormat.Ase).Value!.Text).Value!;

        Assert.Equal(System.Text.Encoding.UTF8.GetString(ApiSchemaJson.Write(draft)), System.Text.Encoding.UTF8.GetString(ApiSchemaJson.Write(read.Schema)));
        Assert.Empty(read.Notes);
    }

    [Fact]
    public void Write_Compatible_SpelledAsThePublishedSample()
    {
        var schema = Sample.Digits with { Payload = [new PayloadEntry { Name = "clip", Type = PayloadTypes.Video }] };

        var text = SchemaWriter.Write(schema, SchemaFormat.Ase, new SchemaWriteOptions { AseCompatible = true }).Value!.Text;

        Assert.Contains("  request:\n    paramters:\n", text, StringComparison.Ordinal);
        Assert.Contains("      properties:\n        clip:\n          type: vedio\n", text, StringComparison.Ordinal);
        Assert.Contains("  response:\n    palyload:\n", text, StringComparison.Ordinal);
        Assert.Contains("  configFilname: schema_digits.json\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_EveryMember_HasItsPlace()
    {
        var schema = new ApiSchema
        {
            Service = "svc",
            Title = "手写数字：识别",
            Interaction = Interactions.Stream,
            Gateway = new GatewaySettings { Routes = ["/v1/a"], SessionTimeout = 5, Extra = """{"codeMap":{"1":2}}""" },
            Parameters =
            [
                new ApiParameter
                {
                    Name = "list", Type = "array", Nullable = true, Deprecated = true, MinItems = 1, UniqueItems = true,
                    Items = new ApiParameter { Type = "number", ExclusiveMinimum = 0, MultipleOf = 0.5m, Example = "1.50" },
                },
            ],
            Response = [new PayloadEntry { Name = "out", Type = "json", Content = new ApiParameter { Type = "object", Open = true, Properties = [new ApiParameter { Name = "t", Pattern = "^a" }] } }],
        };

        Assert.Equal(
            """
            apiVersion: iflytek.com/v1alpha1
            kind: ApiSchema
            metadata:
              name: svc
              group: default
              region: ""
              projectName: default
              serviceName: svc
              version: "1.0.0"
              configFilename: schema_svc.json
              title: 手写数字：识别
            spec:
              interaction: stream
              gateway:
                routes:
                - /v1/a
                sessionTimeout: 5
                extra:
                  codeMap:
                    "1": 2
              request:
                parameters:
                  properties:
                    list:
                      type: array
                      nullable: true
                      deprecated: true
                      minItems: 1
                      uniqueItems: true
                      items:
                        type: number
                        exclusiveMinimum: 0
                        multipleOf: 0.5
                        example: 1.50
                payload:
                  properties: {}
              response:
                payload:
                  properties:
                    out:
                      type: json
                      content:
                        type: object
                        properties:
                          t:
                            type: string
                            pattern: "^a"
                        additionalProperties: true

            """,
            SchemaWriter.Write(schema, SchemaFormat.Ase).Value!.Text);
    }
}
