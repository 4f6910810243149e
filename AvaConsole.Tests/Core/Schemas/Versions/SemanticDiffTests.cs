using System.Text.Json;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Core.Schemas.Versions;

namespace AvaConsole.Tests.Core.Schemas.Versions;

public sealed class SemanticDiffTests
{
    private static readonly ApiSchema s_from = new()
    {
        Service = "digits",
        Parameters =
        [
            new ApiParameter { Name = "top_k", Type = ParameterTypes.Integer, Minimum = 1, Maximum = 10, Description = "how many" },
            new ApiParameter { Name = "mode", Enum = ["fast", "exact"], Description = "how" },
            new ApiParameter { Name = "note", MaxLength = 20, Description = "free text" },
            new ApiParameter { Name = "tags", Type = ParameterTypes.Array, Items = new ApiParameter { Type = ParameterTypes.Integer, Maximum = 9 }, MaxItems = 5, Description = "tags" },
            new ApiParameter { Name = "box", Type = ParameterTypes.Object, Properties = [new ApiParameter { Name = "x", Type = ParameterTypes.Number }, new ApiParameter { Name = "y", Type = ParameterTypes.Number }], Description = "where" },
        ],
        Payload = [new PayloadEntry { Name = "image", Required = true, Encodings = ["png", "jpg"], Description = "picture" }, new PayloadEntry { Name = "hint", Type = PayloadTypes.Text, Description = "hint" }],
        Response = [new PayloadEntry { Name = "heat", Required = true, Description = "heat map" }, new PayloadEntry { Name = "mask", Description = "mask" }],
    };

    /// <summary>A change of the request, and the place that it is about.</summary>
    public static TheoryData<string, Func<ApiSchema, ApiSchema>> Breaking => new()
    {
        { "parameters.top_k", schema => With(schema, 0, now => now with { Maximum = 5 }) },
        { "parameters.top_k", schema => With(schema, 0, now => now with { Minimum = 2 }) },
        { "parameters.top_k", schema => With(schema, 0, now => now with { Type = ParameterTypes.String, Minimum = null, Maximum = null }) },
        { "parameters.top_k", schema => With(schema, 0, now => now with { Required = true }) },
        { "parameters.top_k", schema => With(schema, 0, now => now with { ExclusiveMaximum = 10, Maximum = null }) },
        { "parameters.note", schema => With(schema, 2, now => now with { Pattern = "^[0-9]*$" }) },
        { "parameters.tags", schema => With(schema, 3, now => now with { MaxItems = 2 }) },
        { "parameters.mode", schema => With(schema, 1, now => now with { Enum = ["fast"] }) },
        { "parameters.note", schema => With(schema, 2, now => now with { MaxLength = 3 }) },
        { "parameters.note", schema => With(schema, 2, now => now with { MinLength = 2 }) },
        { "parameters.note", schema => schema with { Parameters = [.. schema.Parameters.Where(parameter => parameter.Name != "note")] } },
        { "parameters.tags.[]", schema => With(schema, 3, now => now with { Items = new ApiParameter { Type = ParameterTypes.Integer, Maximum = 3 } }) },
        { "parameters.box.x", schema => With(schema, 4, now => now with { Properties = [now.Properties[0] with { Required = true }, now.Properties[1]] }) },
        { "parameters.size", schema => schema with { Parameters = [.. schema.Parameters, new ApiParameter { Name = "size", Required = true }] } },
        { "payload.hint", schema => schema with { Payload = [schema.Payload[0], schema.Payload[1] with { Required = true }] } },
        { "payload.hint", schema => schema with { Payload = [schema.Payload[0]] } },
        { "payload.image.encoding", schema => schema with { Payload = [schema.Payload[0] with { Encodings = ["png"] }, schema.Payload[1]] } },
    };

    [Theory]
    [MemberData(nameof(Breaking))]
    public void Compare_RequestNarrowed_IsProvenByARequestThatWasValid(string place, Func<ApiSchema, ApiSchema> change)
    {
        var to = change(s_from);

        var diff = SemanticDiff.Compare(s_from, to);

        var broken = diff.Changes.Where(known => known.Example is not null).ToList();
        Assert.True(broken.Exists(known => known.Place == place), string.Join("; ", diff.Changes.Select(known => $"{known.Change.Id} {known.Change.Pointer} {known.Place} {known.Verdict} [{string.Join(",", known.Change.Args)}]")));
        Assert.All(broken, known =>
        {
            var request = JsonSerializer.SerializeToElement(known.Example);
            Assert.Empty(CompiledSchema.Compile(s_from).Validate(request));
            Assert.NotEmpty(CompiledSchema.Compile(to).Validate(request));
            Assert.Equal((ChangeVerdict.Breaking, ChangeGroup.Request), (known.Verdict, known.Group));
        });
        Assert.Equal(VersionBump.Major, diff.Bump);
    }

    public static TheoryData<Func<ApiSchema, ApiSchema>> Widening => new()
    {
        schema => With(schema, 0, now => now with { Maximum = 20 }),
        schema => With(schema, 1, now => now with { Enum = ["fast", "exact", "odd"] }),
        schema => schema with { Parameters = [.. schema.Parameters, new ApiParameter { Name = "size" }] },
        schema => schema with { Payload = [.. schema.Payload, new PayloadEntry { Name = "more" }] },
        schema => schema with { Response = [.. schema.Response, new PayloadEntry { Name = "box" }] },
    };

    [Theory]
    [MemberData(nameof(Widening))]
    public void Compare_Widened_IsSafeAndAMinorVersion(Func<ApiSchema, ApiSchema> change)
    {
        var diff = SemanticDiff.Compare(s_from, change(s_from));

        Assert.True(diff.Verdict == ChangeVerdict.Safe, string.Join("; ", diff.Changes.Select(known => $"{known.Change.Id} {known.Change.Pointer} {known.Place} {known.Verdict} [{string.Join(",", known.Change.Args)}]")));
        Assert.Equal(VersionBump.Minor, diff.Bump);
        Assert.All(diff.Changes, known => Assert.Null(known.Example));
    }

    [Fact]
    public void Compare_ResponseEntryRemoved_BreaksWithoutAnExampleRequest()
    {
        var diff = SemanticDiff.Compare(s_from, s_from with { Response = [s_from.Response[1]] });

        var change = diff.Changes[0];
        Assert.Equal((ChangeVerdict.Breaking, ChangeGroup.Response), (change.Verdict, change.Group));
        Assert.Null(change.Example);
    }

    [Fact]
    public void Compare_WordsAlone_IsAPatch()
    {
        var diff = SemanticDiff.Compare(s_from, s_from with { Description = "other words", Version = "9.9.9", Parameters = [s_from.Parameters[0] with { Description = "other" }, .. s_from.Parameters.Skip(1)] });

        Assert.True(diff.Bump == VersionBump.Patch, string.Join("; ", diff.Changes.Select(known => $"{known.Change.Id} {known.Change.Pointer}")));
    }

    [Fact]
    public void Compare_SeveralBreaks_GivesEachItsOwnExample()
    {
        var to = With(With(s_from, 0, now => now with { Maximum = 5 }), 1, now => now with { Enum = ["fast"] });

        var examples = SemanticDiff.Compare(s_from, to).Changes.Where(change => change.Example is not null).ToDictionary(change => change.Place, change => change.Example!);

        Assert.True(examples["parameters.top_k"]["parameters"]!["top_k"]!.GetValue<decimal>() > 5);
        Assert.Equal("exact", (string?)examples["parameters.mode"]["parameters"]!["mode"]);
    }

    private static ApiSchema With(ApiSchema schema, int index, Func<ApiParameter, ApiParameter> change) =>
        schema with { Parameters = [.. schema.Parameters.Select((parameter, i) => i == index ? change(parameter) : parameter)] };
}
