using AvaConsole.Core.Schemas;
using AvaConsole.Web.Features.Apis.Code;

namespace AvaConsole.Tests.Web.Apis;

public sealed class CodeTextTests
{
    private readonly ApiSchema _schema = new();
    private readonly CodeText<ApiSchema> _text = new();

    [Fact]
    public void Update_Taken_IsShown()
    {
        Write("a: 1\n");

        Assert.Equal("a: 1\n", _text.Shown);
        Assert.True(_text.Says(_schema));
    }

    [Fact]
    public void Typed_AfterAnUpdate_ChangesTheShownText()
    {
        Write("a: 1\n");
        _text.Add("b: ");

        Assert.Equal("a: 1\nb: 2\n", _text.Typed(1, 1, 5, 0, "2\n"));
        Assert.Equal("a: 1\nb: 3\n", _text.Typed(2, 1, 8, 1, "3"));
    }

    [Fact]
    public void Typed_BeforeTheAnswerToAnUpdateCame_CountsItAsTaken()
    {
        Write("a: 1\n");
        var update = _text.Update("a: 2\n", new ApiSchema());

        Assert.Equal("a: 2\n!", _text.Typed(1, 2, 5, 0, "!"));
        _text.Answered(update, taken: true);

        Assert.Equal("a: 2\n!", _text.Shown);
    }

    [Fact]
    public void Typed_UpdateRefused_BuildsOnTheTextOfBefore()
    {
        Write("a: 1\n");
        var update = _text.Update("a: 2\n", new ApiSchema());

        Assert.Equal("a: 1\n!", _text.Typed(1, 1, 5, 0, "!"));
        _text.Answered(update, taken: false);

        Assert.Equal("a: 1\n!", _text.Shown);
        Assert.Equal(1, _text.Update("a: 3\n", _schema).Sent);
    }

    [Theory]
    [InlineData(7, 0, 0)]
    [InlineData(1, 5, 9)]
    [InlineData(1, -1, 0)]
    public void Typed_ForAnotherText_IsRefused(int updates, int start, int removed)
    {
        Write("a: 1\n");

        Assert.Null(_text.Typed(1, updates, start, removed, "x"));
        Assert.Equal("a: 1\n", _text.Shown);
    }

    private void Write(string text) => _text.Answered(_text.Update(text, _schema), taken: true);
}
