using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Lint;

namespace AvaConsole.Tests.Core.Schemas.Lint;

/// <summary>What holds for any document, however wrong.</summary>
public sealed class LintPropertyTests
{
    private const int Documents = 400;

    [Fact]
    public void Fixed_AnyFinding_NeverThrowsAndTakesTheFindingAway()
    {
        foreach (var schema in Some())
        {
            foreach (var finding in SchemaLint.Check(schema).Where(finding => finding.Fixed is not null))
            {
                var mended = finding.Fixed!(schema);

                Assert.True(Count(mended, finding.Rule) < Count(schema, finding.Rule), $"{finding.Rule} at {finding.Field}");
            }
        }
    }

    [Fact]
    public void Fixed_DocumentThatMovedOn_NeverThrows()
    {
        ApiSchema? before = null;
        foreach (var schema in Some())
        {
            foreach (var finding in before is null ? [] : SchemaLint.Check(before).Where(finding => finding.Fixed is not null))
            {
                Assert.NotNull(finding.Fixed!(schema));
            }

            before = schema;
        }
    }

    [Fact]
    public void FixAll_AnyDocument_LeavesNothingThatCanBeFixed() =>
        Assert.All(Some(), schema => Assert.Empty(SchemaLint.Check(SchemaLint.FixAll(schema)).Where(finding => finding.Fixed is not null).Select(finding => $"{finding.Rule} {finding.Field}")));

    [Fact]
    public void Check_AnyDocument_PointsIntoItsJson()
    {
        foreach (var schema in Some())
        {
            using var json = System.Text.Json.JsonDocument.Parse(ApiSchemaJson.Write(schema));
            foreach (var finding in SchemaLint.Check(schema))
            {
                var at = json.RootElement;
                var parts = finding.Pointer.Split('/')[1..];
                foreach (var part in parts[..^1])
                {
                    at = at.ValueKind == System.Text.Json.JsonValueKind.Array ? at[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : at.GetProperty(part);
                }

                Assert.True(at.ValueKind is System.Text.Json.JsonValueKind.Object or System.Text.Json.JsonValueKind.Array, finding.Pointer);
            }
        }
    }

    private static int Count(ApiSchema schema, string rule) => SchemaLint.Check(schema).Count(finding => finding.Rule == rule);

    private static IEnumerable<ApiSchema> Some() => Enumerable.Range(0, Documents).Select(seed => new Wrong(new Random(seed)).Schema());

    /// <summary>Documents of likely mistakes.</summary>
    private sealed class Wrong(Random random)
    {
        private static readonly string[] s_names = ["", "a", "a", "b", "top k", "数", "1x", "payload", "answer"];
        private static readonly string[] s_values = ["", "1", "1.0", "2", "x", "X", "true", "True", "[]", "{}", "null", "\"3\""];
        private static readonly string[] s_patterns = ["", "", "a+", "(", "(a+)+", "^\\d{2}$"];

        public ApiSchema Schema() => new()
        {
            Service = Pick(["digits", "Digits", "", "route", "9"]),
            Group = Pick(["default", "a b", ""]),
            Region = Pick(["", "dx", "/"]),
            Version = Pick(["1.0.0", "1", "", "v2.3", "one", "01.2.3"]),
            Interaction = Pick(["once", "stream", "streem", "both"]),
            Gateway = new GatewaySettings { Routes = [Pick(["/a", "b"])], ReadTimeout = Number(), Extra = Pick(["", "{}", "["]) },
            Parameters = List(() => Parameter(0)),
            Payload = List(Entry),
            Response = List(Entry),
        };

        private ApiParameter Parameter(int depth) => new()
        {
            Name = Pick(s_names),
            Type = Pick(["string", "integer", "number", "boolean", "object", "array", "int", "Str", "thing"]),
            Format = Pick(["", "", "int32", "float", "datetime", "odd"]),
            Required = Coin(),
            Deprecated = Coin(),
            Open = Coin(),
            UniqueItems = Coin(),
            Minimum = Bound(),
            Maximum = Bound(),
            ExclusiveMinimum = Bound(),
            ExclusiveMaximum = Bound(),
            MultipleOf = Bound(),
            MinLength = Number(),
            MaxLength = Number(),
            MinItems = Number(),
            MaxItems = Number(),
            Pattern = Pick(s_patterns),
            Enum = List(() => Pick(s_values[1..])),
            Default = Pick(s_values),
            Example = Pick(s_values),
            Properties = depth < 2 ? List(() => Parameter(depth + 1)) : [],
            Items = depth < 2 && Coin() ? Parameter(depth + 1) : null,
        };

        private PayloadEntry Entry() => new()
        {
            Name = Pick(s_names),
            Type = Pick(["image", "text", "audio", "video", "json", "tensor", "vedio", "img", "blob"]),
            Encodings = List(() => Pick(["png", "utf8", "utf-8", "UTF8", "speexwb", "odd"])),
            Compressions = List(() => Pick(["raw", "gz", "odd"])),
            Formats = List(() => Pick(["plain", "JSON", "odd"])),
            SampleRates = List(() => random.Next(-1, 2) * 8000),
            Channels = List(() => random.Next(-1, 4)),
            MaxFrameSize = Number(),
            MinBytes = Number(),
            MaxBytes = Number(),
            Content = Coin() ? Parameter(1) : null,
            DataType = Pick(["", "FP32", "float", "odd"]),
            Shape = List(() => (long)random.Next(-2, 3)),
        };

        private T Pick<T>(T[] from) => from[random.Next(from.Length)];

        private bool Coin() => random.Next(2) == 0;

        private int? Number() => Coin() ? null : random.Next(-1, 4);

        private decimal? Bound() => Coin() ? null : random.Next(-2, 4) * (Coin() ? 1 : 0.5m) * (random.Next(8) == 0 ? 3_000_000_000m : 1);

        private List<T> List<T>(Func<T> make) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => make())];
    }
}
