using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Lint;

namespace AvaConsole.Tests.Core.Schemas.Lint;

/// <summary>Each rule with a one-click fix: the finding, and the document after it.</summary>
public sealed class LintFixTests
{
    /// <summary>Bad parameter, the member that is blamed, the rule, and the parameter as it is mended.</summary>
    public static TheoryData<ApiParameter, string, string, ApiParameter> Parameters => new()
    {
        { new() { Type = "integer", Minimum = 11, Maximum = 10 }, "Minimum", "schema.minimum_above_maximum", new() { Type = "integer", Minimum = 10, Maximum = 11 } },
        { new() { Type = "number", ExclusiveMinimum = 2, ExclusiveMaximum = 1 }, "ExclusiveMinimum", "schema.exclusive_bounds_empty", new() { Type = "number", ExclusiveMinimum = 1, ExclusiveMaximum = 2 } },
        { new() { Type = "number", Minimum = 1, ExclusiveMinimum = 2 }, "Minimum", "schema.bound_redundant", new() { Type = "number", ExclusiveMinimum = 2 } },
        { new() { Type = "number", Maximum = 1, ExclusiveMaximum = 2 }, "ExclusiveMaximum", "schema.bound_redundant", new() { Type = "number", Maximum = 1 } },
        { new() { Minimum = 1 }, "Minimum", "schema.bound_wrong_type", new() },
        { new() { ExclusiveMaximum = 1 }, "ExclusiveMaximum", "schema.bound_wrong_type", new() },
        { new() { MultipleOf = 2 }, "MultipleOf", "schema.bound_wrong_type", new() },
        { new() { Type = "integer", Minimum = 1.5m }, "Minimum", "schema.bound_not_integer", new() { Type = "integer", Minimum = 2 } },
        { new() { Type = "integer", Maximum = 1.5m }, "Maximum", "schema.bound_not_integer", new() { Type = "integer", Maximum = 1 } },
        { new() { Type = "integer", ExclusiveMinimum = 1.5m }, "ExclusiveMinimum", "schema.bound_not_integer", new() { Type = "integer", ExclusiveMinimum = 1 } },
        { new() { Type = "integer", ExclusiveMaximum = 1.5m }, "ExclusiveMaximum", "schema.bound_not_integer", new() { Type = "integer", ExclusiveMaximum = 2 } },
        { new() { Type = "integer", Format = "int32", Maximum = 3_000_000_000 }, "Maximum", "schema.bound_outside_format", new() { Type = "integer", Format = "int32", Maximum = int.MaxValue } },
        { new() { Type = "number", MultipleOf = -2 }, "MultipleOf", "schema.multiple_not_positive", new() { Type = "number", MultipleOf = 2 } },
        { new() { Type = "number", MultipleOf = 0 }, "MultipleOf", "schema.multiple_not_positive", new() { Type = "number" } },
        { new() { Type = "int" }, "Type", "schema.type_unknown", new() { Type = "integer" } },
        { new() { Type = "str" }, "Type", "schema.type_unknown", new() { Type = "string" } },
        { new() { Type = "Boolean" }, "Type", "schema.type_unknown", new() { Type = "boolean" } },
        { new() { Type = "intger" }, "Type", "schema.type_unknown", new() { Type = "integer" } },
        { new() { Format = "int32" }, "Format", "schema.format_wrong_type", new() },
        { new() { Format = "datetime" }, "Format", "schema.format_unknown", new() { Format = "date-time" } },
        { new() { Type = "integer", MaxLength = 3 }, "MaxLength", "schema.length_wrong_type", new() { Type = "integer" } },
        { new() { MinLength = -1 }, "MinLength", "schema.length_negative", new() },
        { new() { MinLength = 5, MaxLength = 4 }, "MinLength", "schema.min_length_above_max_length", new() { MinLength = 4, MaxLength = 5 } },
        { new() { MinItems = 1 }, "MinItems", "schema.items_count_wrong_type", new() },
        { new() { Type = "array", Items = s_text, MaxItems = -1 }, "MaxItems", "schema.items_count_negative", new() { Type = "array", Items = s_text } },
        { new() { Type = "array", Items = s_text, MinItems = 3, MaxItems = 2 }, "MinItems", "schema.min_items_above_max_items", new() { Type = "array", Items = s_text, MinItems = 2, MaxItems = 3 } },
        { new() { UniqueItems = true }, "UniqueItems", "schema.unique_wrong_type", new() },
        { new() { Type = "integer", Pattern = "a" }, "Pattern", "schema.pattern_wrong_type", new() { Type = "integer" } },
        { new() { Type = "integer", Enum = ["1", "1.0"] }, "Enum[1]", "schema.enum_duplicate", new() { Type = "integer", Enum = ["1"] } },
        { new() { Type = "boolean", Default = "True" }, "Default", "schema.default_wrong_type", new() { Type = "boolean", Default = "true" } },
        { new() { Type = "integer", Default = "\"3\"" }, "Default", "schema.default_wrong_type", new() { Type = "integer", Default = "3" } },
        { new() { Type = "integer", Minimum = 1, Default = "0" }, "Default", "schema.default_outside_range", new() { Type = "integer", Minimum = 1 } },
        { new() { Type = "number", ExclusiveMinimum = 1, Default = "1" }, "Default", "schema.default_outside_range", new() { Type = "number", ExclusiveMinimum = 1 } },
        { new() { Enum = ["fast"], Default = "slow" }, "Default", "schema.default_not_in_enum", new() { Enum = ["fast"] } },
        { new() { Enum = ["fast"], Default = "FAST" }, "Default", "schema.default_not_in_enum", new() { Enum = ["fast"], Default = "fast" } },
        { new() { Type = "integer", Maximum = 3, Example = "4" }, "Example", "schema.example_invalid", new() { Type = "integer", Maximum = 3 } },
        { new() { Type = "array", Items = new() { Type = "integer" }, Default = "[\"x\"]" }, "Default", "schema.default_breaks_rules", new() { Type = "array", Items = new() { Type = "integer" } } },
        { new() { Type = "array" }, "Items", "schema.items_missing", new() { Type = "array", Items = new() } },
        { new() { Items = s_text }, "Items", "schema.items_wrong_type", new() },
        { new() { Properties = [s_text with { Name = "x" }] }, "Properties", "schema.properties_wrong_type", new() },
        { new() { Open = true }, "Open", "schema.open_wrong_type", new() },
    };

    private static readonly ApiParameter s_text = new() { Description = "text" };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Fixed_BadParameter_MendsIt(ApiParameter bad, string member, string rule, ApiParameter good)
    {
        // The same in a nested place: a fix finds its way there.
        foreach (var (place, wrap) in Places)
        {
            var finding = Single(wrap(bad), rule);
            Assert.Equal($"{place}.{member}", finding.Field);

            var mended = finding.Fixed!(wrap(bad));

            Assert.Equal(ApiSchemaJson.Write(wrap(good)), ApiSchemaJson.Write(mended));
            Assert.DoesNotContain(SchemaLint.Check(mended), left => left.Rule == rule && left.Field == finding.Field);
        }
    }

    public static TheoryData<PayloadEntry, string, string, PayloadEntry> Entries => new()
    {
        { new() { Type = "vedio" }, "Type", "schema.payload_type_unknown", new() { Type = "video" } },
        { new() { Type = "img" }, "Type", "schema.payload_type_unknown", new() { Type = "image" } },
        { new() { Type = "text", Encodings = ["utf-8"] }, "Encoding", "schema.encoding_alias", new() { Type = "text", Encodings = ["utf8"] } },
        { new() { Type = "text", Encodings = ["UTF_8"] }, "Encoding", "schema.encoding_unknown", new() { Type = "text", Encodings = ["utf8"] } },
        { new() { Encodings = ["JPG"] }, "Encoding", "schema.encoding_unknown", new() { Encodings = ["jpg"] } },
        { new() { Type = "audio", Encodings = ["speexwb"] }, "Encoding", "schema.encoding_unknown", new() { Type = "audio", Encodings = ["speex-wb"] } },
        { new() { Encodings = ["png", "png"] }, "Encoding", "schema.word_duplicate", new() { Encodings = ["png"] } },
        { new() { Compressions = ["gz"] }, "Compress", "schema.compress_unknown", new() { Compressions = ["gzip"] } },
        { new() { Type = "text", Formats = ["JSON"] }, "Format", "schema.payload_format_unknown", new() { Type = "text", Formats = ["json"] } },
        { new() { SampleRates = [16000] }, "SampleRates", "schema.audio_only", new() },
        { new() { MaxFrameSize = 10 }, "MaxFrameSize", "schema.audio_only", new() },
        { new() { Type = "audio", Channels = [1, 0] }, "Channels", "schema.audio_value_invalid", new() { Type = "audio", Channels = [1] } },
        { new() { MinBytes = -1 }, "MinBytes", "schema.bytes_negative", new() },
        { new() { MinBytes = 9, MaxBytes = 8 }, "MinBytes", "schema.min_bytes_above_max_bytes", new() { MinBytes = 8, MaxBytes = 9 } },
        { new() { Content = s_text }, "Content", "schema.content_only_json", new() },
        { new() { DataType = "FP32", Shape = [1] }, "DataType", "schema.tensor_only", new() },
        { new() { Type = "tensor", DataType = "float32" }, "DataType", "schema.data_type_unknown", new() { Type = "tensor", DataType = "FP32" } },
        { new() { Type = "tensor", DataType = "FP32", Shape = [0, 3] }, "Shape[0]", "schema.shape_invalid", new() { Type = "tensor", DataType = "FP32", Shape = [-1, 3] } },
    };

    [Theory]
    [MemberData(nameof(Entries))]
    public void Fixed_BadEntry_MendsIt(PayloadEntry bad, string member, string rule, PayloadEntry good)
    {
        var schema = new ApiSchema { Service = "digits", Response = [bad with { Name = "data" }] };
        var finding = Single(schema, rule);
        Assert.Equal($"Response[0].{member}", finding.Field);

        var mended = finding.Fixed!(schema);

        Assert.Equal(ApiSchemaJson.Write(schema with { Response = [good with { Name = "data" }] }), ApiSchemaJson.Write(mended));
    }

    public static TheoryData<ApiSchema, string, ApiSchema> Documents => new()
    {
        { new() { Service = "Digit Reader" }, "schema.service_invalid", new() { Service = "digit-reader" } },
        { new() { Service = "digits", Version = "v1.2" }, "schema.version_invalid", new() { Service = "digits", Version = "1.2.0" } },
        { new() { Service = "digits", Version = "" }, "schema.version_missing", new() { Service = "digits" } },
        { new() { Service = "digits", Group = "a b" }, "schema.segment_invalid", new() { Service = "digits", Group = "a-b" } },
        { new() { Service = "digits", Interaction = "streaming" }, "schema.interaction_unknown", new() { Service = "digits", Interaction = "stream" } },
        { new() { Service = "digits", Interaction = "stream" }, "schema.stream_needs_payload", new() { Service = "digits" } },
        {
            new() { Service = "digits", Parameters = [new() { Name = "top.k" }, new() { Name = "top_k" }] },
            "schema.name_invalid",
            new() { Service = "digits", Parameters = [new() { Name = "top_k_2" }, new() { Name = "top_k" }] }
        },
        {
            new() { Service = "digits", Payload = [new() { Name = "x" }, new() { Name = "x_2" }, new() { Name = "x" }] },
            "schema.name_duplicate",
            new() { Service = "digits", Payload = [new() { Name = "x" }, new() { Name = "x_2" }, new() { Name = "x_3" }] }
        },
        { new() { Service = "digits", Gateway = new() { Routes = ["v1/x"] } }, "schema.gateway_route_invalid", new() { Service = "digits", Gateway = new() { Routes = ["/v1/x"] } } },
        { new() { Service = "digits", Gateway = new() { ReadTimeout = 0 } }, "schema.gateway_timeout_invalid", new() { Service = "digits" } },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Fixed_BadDocument_MendsIt(ApiSchema bad, string rule, ApiSchema good) =>
        Assert.Equal(ApiSchemaJson.Write(good), ApiSchemaJson.Write(Single(bad, rule).Fixed!(bad)));

    [Theory]
    [InlineData("schema.description_missing")]
    [InlineData("schema.response_missing")]
    [InlineData("schema.name_missing")]
    [InlineData("schema.enum_wrong_type")]
    [InlineData("schema.deprecated_required")]
    [InlineData("schema.default_never_used")]
    [InlineData("schema.audio_value_unusual")]
    [InlineData("export.webgate_extra")]
    [InlineData("export.webgate_unique")]
    [InlineData("schema.pattern_invalid")]
    [InlineData("schema.pattern_catastrophic")]
    public void Fixed_NoOneRightWay_IsNull(string rule)
    {
        var schema = new ApiSchema
        {
            Service = "digits",
            Gateway = new GatewaySettings { Extra = "[]" },
            Parameters =
            [
                new() { Required = true, Deprecated = true, Default = "x" }, new() { Name = "b", Type = "integer", Enum = ["one"] },
                new() { Name = "c", Pattern = "(" }, new() { Name = "d", Pattern = "^(a+)+$" }, new() { Name = "g", UniqueItems = true },
            ],
            Payload = [new() { Name = "e", Type = "audio", SampleRates = [44100] }, new() { Name = "f", Type = "tensor", DataType = "FP32" }],
        };

        Assert.All(SchemaLint.Check(schema).Where(finding => finding.Rule == rule).DefaultIfEmpty(null!), finding => Assert.Null(finding.Fixed));
    }

    [Fact]
    public void FixAll_PublishedSampleWithItsMistakes_LeavesNothingToFix()
    {
        var bad = Sample.ImageDetect with
        {
            Parameters = [new() { Name = "min max", Type = "int", Minimum = 11, Maximum = 10 }, .. Sample.ImageDetect.Parameters],
            Payload = [.. Sample.ImageDetect.Payload, new() { Name = "video1", Type = "vedio", Encodings = ["MP4"] }],
        };

        var good = SchemaLint.FixAll(bad);

        Assert.Equal(("min_max", "integer", 10m, 11m), (good.Parameters[0].Name, good.Parameters[0].Type, good.Parameters[0].Minimum, good.Parameters[0].Maximum));
        Assert.Equal(("video", "mp4"), (good.Payload[^1].Type, good.Payload[^1].Encodings[0]));
        Assert.DoesNotContain(SchemaLint.Check(good), finding => finding.Fixed is not null);
    }

    private static IEnumerable<(string Place, Func<ApiParameter, ApiSchema> Wrap)> Places =>
    [
        ("Parameters[1]", bad => new() { Service = "digits", Parameters = [new() { Name = "first" }, bad with { Name = "second" }] }),
        ("Parameters[0].Properties[1]", bad => new() { Service = "digits", Parameters = [new() { Name = "outer", Type = "object", Properties = [new() { Name = "first" }, bad with { Name = "second" }] }] }),
        ("Payload[0].Content.Items", bad => new() { Service = "digits", Payload = [new() { Name = "data", Type = "json", Content = new() { Type = "array", Items = bad } }] }),
    ];

    private static LintFinding Single(ApiSchema schema, string rule) => Assert.Single(SchemaLint.Check(schema), finding => finding.Rule == rule);
}
