using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Tests.Core.Schemas.Formats;

/// <summary>Documents that others wrote: what there is a place for is taken, all else is said.</summary>
public sealed class ForeignDocumentTests
{
    private const string Shop = """
        openapi: 3.0.3
        info: {title: Shop, version: "2.1"}
        servers: [{url: "https://shop.example"}]
        paths:
          /orders:
            get:
              responses: {"200": {description: ok}}
            post:
              summary: Place an order
              parameters:
                - {name: dry_run, in: query, required: true, schema: {type: boolean, default: false}}
                - {name: X-Trace, in: header, schema: {type: string}}
                - $ref: '#/components/parameters/Lang'
              requestBody:
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/Order'}
                  text/csv: {schema: {type: string}}
              responses:
                "201":
                  description: placed
                  content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: integer, format: int64}}}}}
                "400": {description: bad}
          /scan:
            put:
              requestBody: {content: {image/png: {schema: {type: string, format: binary}}}}
              responses: {"200": {description: ok, content: {application/json: {schema: {}}}}}
        components:
          parameters:
            Lang: {name: lang, in: query, description: Language, schema: {type: string, enum: [en, zh]}}
          schemas:
            Base:
              type: object
              required: [sku]
              properties:
                sku: {type: string, minLength: 2}
                price: {type: number, minimum: 0, exclusiveMinimum: true, nullable: true}
            Order:
              allOf:
                - $ref: '#/components/schemas/Base'
                - type: object
                  required: [count]
                  properties:
                    count: {type: integer, minimum: 1, maximum: 99, example: 3}
                    sku: {maxLength: 8}
                    photo: {type: string, format: byte, maxLength: 400}
                    note: {oneOf: [{type: string}, {type: object}]}
                    status: {oneOf: [{const: a}, {const: b}]}
                    extra: {type: object, additionalProperties: {type: string}}
                  additionalProperties: false
        """;

    [Fact]
    public void Read_OpenApi_FirstPostWithJsonBecomesTheApi()
    {
        var schema = SchemaReader.Read(Shop).Value!.Schema;

        Assert.Equal(("orders", "2.1.0", "Place an order"), (schema.Service, schema.Version, schema.Title));
        Assert.Equal(["dry_run", "lang", "sku", "price", "count", "note", "status", "extra"], schema.Parameters.Select(parameter => parameter.Name));
        var (dryRun, language, sku, price, count) = (schema.Parameters[0], schema.Parameters[1], schema.Parameters[2], schema.Parameters[3], schema.Parameters[4]);
        Assert.Equal((true, "boolean", "false"), (dryRun.Required, dryRun.Type, dryRun.Default));
        Assert.Equal("Language", language.Description);
        Assert.Equal((true, 2, 8), (sku.Required, sku.MinLength, sku.MaxLength));
        Assert.Equal((0m, true), (price.ExclusiveMinimum, price.Nullable));
        Assert.Equal((1m, 99m, "3", true), (count.Minimum, count.Maximum, count.Example, count.Required));
        Assert.Equal(["a", "b"], schema.Parameters[6].Enum);
        var photo = Assert.Single(schema.Payload);
        Assert.Equal(("photo", "image", 300L), (photo.Name, photo.Type, photo.MaxBytes));
        var result = Assert.Single(schema.Response);
        Assert.Equal(("json", "int64"), (result.Type, result.Content!.Properties[0].Format));
    }

    [Fact]
    public void Read_OpenApi_EverythingElseIsSaidWithItsPlace() => Assert.Equal(
        [
            "2 /info import.version_changed 2.1",
            "3 /servers import.member_unknown servers",
            "5 /paths import.operations_left POST /orders",
            "9 /paths/~1orders/post import.service_named orders",
            "11 /paths/~1orders/post/parameters/0 import.parameter_moved dry_run",
            "12 /paths/~1orders/post/parameters/1 import.parameter_dropped X-Trace",
            "16 /paths/~1orders/post/requestBody/content import.media_types_left application/json",
            "20 /paths/~1orders/post/responses import.responses_left 400",
            "30 /components/parameters/Lang import.parameter_moved lang",
            "46 /components/schemas/Order/allOf/1/properties/photo import.data_type_guessed photo",
            "47 /components/schemas/Order/allOf/1/properties/note/oneOf import.alternatives_dropped oneOf",
            "49 /components/schemas/Order/allOf/1/properties/extra/additionalProperties import.additional_schema ",
        ],
        SchemaReader.Read(Shop).Value!.Notes.Select(note => $"{note.Line} {note.Pointer} {note.Code} {(note.Args.Length > 0 ? note.Args[0] : "")}"));

    [Theory]
    [InlineData("PUT /scan")]
    [InlineData("put /scan")]
    public void Read_OpenApiOperationNamed_ThatOne(string operation)
    {
        var schema = SchemaReader.Read(Shop, options: new SchemaReadOptions { Operation = operation }).Value!.Schema;

        Assert.Equal("scan", schema.Service);
        Assert.Equal(["png"], Assert.Single(schema.Payload).Encodings);
    }

    [Fact]
    public void Read_OpenApiOperationUnknown_NamesTheOthers()
    {
        var error = Assert.IsType<InvalidError>(SchemaReader.Read(Shop, options: new SchemaReadOptions { Operation = "POST /nowhere" }).Error);

        Assert.Equal("import.operation_unknown", error.Problems[0].Code);
        Assert.Equal("GET /orders, POST /orders, PUT /scan", error.Problems[0].Args[1]);
    }

    [Theory]
    [InlineData("""{"type": ["string", "null"]}""", "string", true)]
    [InlineData("""{"anyOf": [{"type": "integer"}, {"type": "null"}]}""", "integer", true)]
    [InlineData("""{"type": ["integer", "number"]}""", "number", false)]
    [InlineData("""{"const": 3}""", "integer", false)]
    [InlineData("""{"enum": ["a", null]}""", "string", true)]
    [InlineData("""{"items": {}}""", "array", false)]
    [InlineData("""{"properties": {"a": {"type": "string"}}}""", "object", false)]
    [InlineData("""{"minimum": 2.5}""", "number", false)]
    public void Read_JsonSchema_TypeOfEachKind(string property, string type, bool nullable)
    {
        var read = SchemaReader.Read($$"""{"title": "T", "type": "object", "additionalProperties": false, "properties": {"p": {{property}} } }""").Value!;

        var parameter = Assert.Single(read.Schema.Parameters);
        Assert.Equal((type, nullable), (parameter.Type, parameter.Nullable));
        Assert.Equal(["import.service_named"], read.Notes.Select(note => note.Code));
    }

    [Fact]
    public void Read_JsonSchemaKeywordsWithoutPlace_EachNoted()
    {
        var read = SchemaReader.Read("""
            {"title": "T", "type": "object", "additionalProperties": false, "minProperties": 1, "properties": {
              "a": {"type": "array", "items": {"type": "string"}, "contains": {"const": "x"}},
              "b": {"type": "string", "readOnly": true, "x-own": 1, "default": ""},
              "c": {"$ref": "https://other.example/s.json"},
              "d": {"$ref": "#/$defs/nowhere", "type": "string"},
              "e": {"type": "object", "additionalProperties": false},
              "f": {"type": "integer", "minimum": "low"}
            }, "required": ["z"]}
            """).Value!;

        Assert.Equal(
            [
                "/ import.service_named", "/minProperties import.keyword_dropped", "/properties/a/contains import.keyword_dropped",
                "/properties/b/default import.value_empty", "/properties/b/readOnly import.keyword_dropped", "/properties/b/x-own import.keyword_dropped",
                "/properties/c import.ref_remote", "/properties/c import.type_missing", "/properties/d import.ref_missing",
                "/properties/e/additionalProperties import.object_empty", "/properties/f/minimum import.value_dropped", "/required import.required_unknown",
            ],
            read.Notes.Select(note => $"{(note.Pointer.Length == 0 ? "/" : note.Pointer)} {note.Code}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_OurOpenApiChangedByHand_TheChangeCounts()
    {
        var schema = Sample.Digits with { Group = "gas" };
        var text = SchemaWriter.Write(schema, SchemaFormat.OpenApi, new SchemaWriteOptions { Yaml = true }).Value!.Text;

        var read = SchemaReader.Read(text.Replace("version: \"1.2.0\"", "version: \"1.3.0\"", StringComparison.Ordinal).Replace("maximum: 10", "maximum: 20", StringComparison.Ordinal)).Value!;

        Assert.Equal(("1.3.0", "gas", 20m), (read.Schema.Version, read.Schema.Group, read.Schema.Parameters[0].Maximum));
    }
}
