using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Web.Features.Apis;

namespace AvaConsole.Tests.Web.Apis;

// The namespace of the HTTP endpoints has the same name and is nearer.
using Api = AvaConsole.Core.Schemas.Api;

public sealed class DraftEditorTests
{
    private static readonly EditLabel s_label = new("Test");

    private static readonly ApiParameter s_nested = new()
    {
        Name = "options",
        Type = ParameterTypes.Object,
        Properties = [new ApiParameter { Name = "inner", Type = ParameterTypes.Array, Items = new ApiParameter { Type = ParameterTypes.Integer } }],
    };

    private readonly DraftEditor _editor = new(
        new ApiSchema
        {
            Service = "digits",
            Parameters = [new ApiParameter { Name = "speed" }, s_nested, new ApiParameter { Name = "volume" }],
            Payload = [new PayloadEntry { Name = "image" }],
        },
        revision: 4);

    [Fact]
    public void Add_ToAnyList_AppendsARowWithAKeyOfItsOwn()
    {
        Assert.Equal(3, _editor.Add(DraftList.Parameters));
        Assert.Equal(1, _editor.Add(DraftList.Payload));
        Assert.Equal(0, _editor.Add(DraftList.Response));

        var keys = _editor.State.ParameterKeys.Concat(_editor.State.PayloadKeys).Concat(_editor.State.ResponseKeys).ToList();
        Assert.Equal(keys.Distinct(), keys);
        Assert.Equal((4, 2, 1), (_editor.Schema.Parameters.Count, _editor.Schema.Payload.Count, _editor.Schema.Response.Count));
    }

    [Fact]
    public void Duplicate_NestedParameter_KeepsItsMembersUnderAFreeName()
    {
        var index = _editor.Duplicate(DraftList.Parameters, 1);
        _editor.Duplicate(DraftList.Parameters, index);

        Assert.Equal(["speed", "options", "options_2", "options_3", "volume"], Names());
        Assert.Equal(s_nested.Properties, _editor.Schema.Parameters[2].Properties);
    }

    [Fact]
    public void Move_DownAndUp_TakesTheRowAndItsKeyAlong()
    {
        var key = _editor.State.ParameterKeys[1];

        Assert.Equal(2, _editor.Move(DraftList.Parameters, 1, 1));

        Assert.Equal(["speed", "volume", "options"], Names());
        Assert.Equal(key, _editor.State.ParameterKeys[2]);
        Assert.Same(s_nested, _editor.Schema.Parameters[2]);
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(2, 1)]
    public void Move_BeyondAnEnd_IsNoEdit(int index, int delta)
    {
        Assert.Equal(index, _editor.Move(DraftList.Parameters, index, delta));

        Assert.False(_editor.IsDirty);
    }

    [Fact]
    public void Remove_Row_LeavesTheOthersWithTheirKeys()
    {
        var keys = _editor.State.ParameterKeys;

        _editor.Remove(DraftList.Parameters, 0);

        Assert.Equal(["options", "volume"], Names());
        Assert.Equal(keys.Skip(1), _editor.State.ParameterKeys);
    }

    [Fact]
    public void SetParameter_SameValue_IsNoEdit()
    {
        var changes = 0;
        _editor.Changed += () => changes++;

        _editor.SetParameter(0, _editor.Schema.Parameters[0] with { Name = "speed" }, s_label);
        _editor.SetParameter(0, _editor.Schema.Parameters[0] with { Name = "tempo" }, s_label);

        Assert.Equal((1, 1), (_editor.History.Steps.Count, changes));
        Assert.Equal("tempo", _editor.Schema.Parameters[0].Name);
    }

    [Fact]
    public void SetEntry_InPayloadAndResponse_ChangesThatListOnly()
    {
        _editor.Add(DraftList.Response);

        _editor.SetEntry(DraftList.Payload, 0, new PayloadEntry { Name = "voice", Type = PayloadTypes.Audio }, s_label);
        _editor.SetEntry(DraftList.Response, 0, new PayloadEntry { Name = "text", Type = PayloadTypes.Text }, s_label);

        Assert.Equal(["voice"], _editor.Schema.Payload.Select(entry => entry.Name));
        Assert.Equal(["text"], _editor.Schema.Response.Select(entry => entry.Name));
    }

    [Fact]
    public void Undo_AcrossListsAndCode_GoesBackAndForthWithTheSameRows()
    {
        var start = DraftText.Write(_editor.Schema);
        var key = _editor.State.ParameterKeys[2];
        _editor.Remove(DraftList.Parameters, 0);
        _editor.Replace(new EditLabel("Code"), _editor.Schema with { Service = "numbers", Payload = [] });
        _editor.SetParameter(1, _editor.Schema.Parameters[1] with { Name = "loudness" }, s_label);
        var end = DraftText.Write(_editor.Schema);

        while (_editor.History.CanUndo)
        {
            _editor.Undo();
        }

        Assert.Equal(start, DraftText.Write(_editor.Schema));
        Assert.Equal(key, _editor.State.ParameterKeys[2]);

        while (_editor.History.CanRedo)
        {
            _editor.Redo();
        }

        Assert.Equal(end, DraftText.Write(_editor.Schema));
        Assert.Equal(key, _editor.State.ParameterKeys[1]);
        Assert.Equal(["Removed", "Code", "Test"], _editor.History.Steps.Select(step => step.Label.Code));
    }

    [Fact]
    public void Merge_TheySavedAnotherField_KeepsBothAndTheStepThatIsTyped()
    {
        var saved = _editor.Saved;
        var theirs = _editor.Schema with { Description = "theirs" };
        _editor.SetParameter(0, _editor.Schema.Parameters[0] with { Title = "Speed" }, s_label, "title");

        var merged = _editor.Merge(Stored(theirs, saved.Record(theirs, new EditLabel("Theirs"), "bob", default), 5));

        Assert.Empty(merged.Conflicts);
        Assert.Equal(("theirs", "Speed", 5, true), (_editor.Schema.Description, _editor.Schema.Parameters[0].Title, _editor.BaseRevision, _editor.IsDirty));
        Assert.Equal(["Theirs", "Test"], _editor.History.Steps.Select(step => step.Label.Code));
        _editor.Undo();
        Assert.Equal(("theirs", ""), (_editor.Schema.Description, _editor.Schema.Parameters[0].Title));
    }

    [Fact]
    public void Merge_TheySavedTheSameField_KeepsTheirValueAndMineInTheHistory()
    {
        var saved = _editor.Saved;
        var theirs = _editor.Schema with { Description = "theirs" };
        _editor.Edit(s_label, schema => schema with { Description = "mine" }, "description");
        _editor.SetParameter(0, _editor.Schema.Parameters[0] with { Title = "Speed" }, s_label, "title");

        var merged = _editor.Merge(Stored(theirs, saved.Record(theirs, new EditLabel("Theirs"), "bob", default), 5, "bob"));

        Assert.Equal([new MergeConflict("description", null, "\"mine\"", "\"theirs\"")], merged.Conflicts);
        Assert.Equal(("theirs", "Speed"), (_editor.Schema.Description, _editor.Schema.Parameters[0].Title));
        Assert.Equal(["Theirs", "Merged", "Kept"], _editor.History.Steps.Select(step => step.Label.Code));
        Assert.Equal(["bob", "@/description"], _editor.History[_editor.History.Position].Label.Args);
        _editor.Undo();
        Assert.Equal(("mine", "Speed"), (_editor.Schema.Description, _editor.Schema.Parameters[0].Title));
    }

    [Fact]
    public void Merge_NothingDoneHere_LeavesNothingToSave()
    {
        var theirs = new ApiSchema { Service = "theirs" };

        _editor.Merge(Stored(theirs, DraftHistory.Start(theirs), 9));

        Assert.Equal(("theirs", 9, false), (_editor.Schema.Service, _editor.BaseRevision, _editor.IsDirty));
    }

    [Fact]
    public void Apply_Edits_LeaveEarlierStatesAsTheyWere()
    {
        var before = _editor.State;

        _editor.Remove(DraftList.Parameters, 0);
        _editor.Edit(s_label, schema => schema with { Service = "other" });

        Assert.Equal("digits", before.Schema.Service);
        Assert.Equal(3, before.Schema.Parameters.Count);
    }

    private static OpenDraft Stored(ApiSchema schema, DraftHistory history, int revision, string by = "") => new(new Api { Draft = schema, DraftRevision = revision, UpdatedBy = by }, history);

    private IEnumerable<string> Names() => _editor.Schema.Parameters.Select(parameter => parameter.Name);
}
