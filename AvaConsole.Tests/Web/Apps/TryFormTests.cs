using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Features.Apps;

namespace AvaConsole.Tests.Web.Apps;

public sealed class TryFormTests
{
    private static readonly ApiParameter s_topK = new() { Name = "top_k", Type = ParameterTypes.Integer };
    private static readonly ApiParameter s_factor = new() { Name = "factor", Type = ParameterTypes.Number };
    private static readonly ApiParameter s_fast = new() { Name = "fast", Type = ParameterTypes.Boolean };
    private static readonly ApiParameter s_mode = new() { Name = "mode" };
    private static readonly ApiParameter s_box = new() { Name = "box", Type = ParameterTypes.Array };
    private static readonly PayloadEntry s_image = new() { Name = "image" };
    private static readonly PayloadEntry s_note = new() { Name = "note", Type = PayloadTypes.Text };
    private static readonly PayloadEntry s_extra = new() { Name = "extra", Type = PayloadTypes.Json };

    private readonly TryForm _form = new(new ApiSchema
    {
        Parameters = [s_topK, s_factor, s_fast, s_mode, s_box],
        Payload = [s_note, s_image, s_extra],
    });

    [Fact]
    public void Body_EveryKindOfValue_KeepsItsJsonType()
    {
        Set(s_topK, "3");
        Set(s_factor, "0.50");
        Set(s_fast, "true");
        Set(s_mode, "3");
        Set(s_box, "[1, 2]");
        _form.SetFile(s_image, new ChosenFile("a.png", [1, 2, 3]));
        _form.Set(TryForm.EntryKey(s_note), "你好");
        _form.Set(TryForm.EntryKey(s_extra), """{"a": null}""");

        var expected = JsonNode.Parse("""
            {"parameters": {"top_k": 3, "factor": 0.50, "fast": true, "mode": "3", "box": [1, 2]},
             "payload": {"note": {"text": "你好"}, "image": {"data": "AQID"}, "extra": {"json": {"a": null}}}}
            """);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(Encoding.UTF8.GetString(_form.Body()))));
        Assert.Equal(s_image, _form.Picture);
    }

    [Fact]
    public void Body_NothingGiven_SendsNoValues()
    {
        using var body = JsonDocument.Parse(_form.Body());

        Assert.Equal("""{"payload":{}}""", body.RootElement.GetRawText());
    }

    [Theory]
    [InlineData(ParameterTypes.Integer, "1.5")]
    [InlineData(ParameterTypes.Number, "one")]
    [InlineData(ParameterTypes.Array, "[1")]
    public void IsReadable_WrongText_IsSaidAndNotSent(string type, string text)
    {
        var form = new TryForm(new ApiSchema { Parameters = [new ApiParameter { Name = "p", Type = type }] });
        form.Set("parameter-p", text);

        Assert.False(form.IsReadable(type, "parameter-p"));
        Assert.Empty(form.Parameters());
    }

    private void Set(ApiParameter parameter, string text) => _form.Set(TryForm.ParameterKey(parameter), text);
}
