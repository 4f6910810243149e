using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Examples;

namespace AvaConsole.Tests.Core.Schemas.Examples;

public sealed class SampleInferenceTests
{
    [Fact]
    public void Infer_NestedSample_FindsTypesMembersElementsAndFormats()
    {
        var parameters = SampleInference.FromJson(JsonNode.Parse("""
            {"top_k": 3, "threshold": 0.5, "fast": true, "at": "2026-11-21T08:30:00Z", "mail": "a@example.com", "options": {"names": ["a", "b"], "box": [1, 2.5]},
             "faces": [{"id": 1}, {"id": 2, "note": null}], "none": null}
            """)!);

        Assert.Equal(
            ["top_k integer", "threshold number", "fast boolean", "at string date-time", "mail string email", "options object", "faces array", "none string"],
            parameters.Select(parameter => $"{parameter.Name} {parameter.Type} {parameter.Format}".TrimEnd()));
        var options = parameters[5];
        Assert.Equal(("names", ParameterTypes.Array, ParameterTypes.String), (options.Properties[0].Name, options.Properties[0].Type, options.Properties[0].Items!.Type));
        Assert.Equal(ParameterTypes.Number, options.Properties[1].Items!.Type);
        Assert.Equal([("id", true), ("note", false)], parameters[6].Items!.Properties.Select(member => (member.Name, member.Required)));
        Assert.Equal("3", parameters[0].Example);
    }

    [Fact]
    public void Infer_SeveralSamples_RequiresWhatAllHave()
    {
        var parameters = SampleInference.FromJson(JsonNode.Parse("""[{"a": 1, "b": "x"}, {"a": 2.5, "b": null}, {"a": 3, "c": "y", "b": "z"}]""")!);

        Assert.Equal(
            [("a", "number", true, false), ("b", "string", true, true), ("c", "string", false, false)],
            parameters.Select(parameter => (parameter.Name, parameter.Type, parameter.Required, parameter.Nullable)));
    }

    [Fact]
    public void Infer_FilesInside_BecomePayload()
    {
        var png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAG7buVgAAAABJRU5ErkJggg==";

        var rows = SampleInference.Infer($$"""{"photo": "data:image/jpeg;base64,/9j/4AAQ", "scan": "{{png}}", "voice": "data:audio/wav;base64,UklGRg==", "size": 3}""").Value!;

        Assert.Equal([("photo", "image", "jpg"), ("scan", "image", "png"), ("voice", "audio", "wav")], rows.Payload.Select(entry => (entry.Name, entry.Type, entry.Encodings[0])));
        Assert.Equal(["size"], rows.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Infer_ARequestOfOurs_IsTakenAsItIs()
    {
        var rows = SampleInference.Infer("""{"parameters": {"top_k": 3}, "payload": {"image": {"data": "AAAA", "encoding": "bmp"}, "note": {"text": "hi"}, "meta": {"json": {"a": 1}}}}""").Value!;

        Assert.Equal(["top_k"], rows.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([("image", "image"), ("note", "text"), ("meta", "json")], rows.Payload.Select(entry => (entry.Name, entry.Type)));
        Assert.Equal("a", rows.Payload[2].Content!.Properties[0].Name);
    }

    [Fact]
    public void Infer_ItsOwnRequest_IsValidForWhatWasInferred()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var request = RequestExample.Create(new RandomSchema(seed).Next());
            var rows = SampleInference.Infer(request);
            var inferred = new ApiSchema { Service = "sample", Parameters = rows.Parameters, Payload = rows.Payload };

            Assert.Empty(RequestExample.Check(inferred, request));
        }
    }

    [Fact]
    public void Infer_MixedAndEmpty_IsSaid()
    {
        var rows = SampleInference.Infer("""{"a": [1, "x"], "b": []}""").Value!;

        Assert.Equal([("infer.mixed_types", "/a/0"), ("infer.empty_array", "/b")], rows.Notes.Select(note => (note.Code, note.Pointer)));
    }

    [Theory]
    [InlineData("{\"a\": 1,\n \"b\" 2}", "infer.not_json")]
    [InlineData("null", "infer.no_object")]
    [InlineData("", "infer.not_json")]
    public void Infer_NoSample_SaysWhere(string text, string code) =>
        Assert.Equal(code, Assert.IsType<InvalidError>(SampleInference.Infer(text).Error).Problems[0].Code);

    [Fact]
    public void Infer_DeepSample_IsBounded()
    {
        var sample = string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40);

        Assert.Contains(SampleInference.Infer(sample).Value!.Notes, note => note.Code == "infer.too_deep");
    }
}
