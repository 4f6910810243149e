using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Core.Schemas.Examples;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>The part of the table that adds, moves and removes rows.</summary>
public sealed partial class PayloadTable
{
    public Task MoveRowAsync(int key, string direction, string part)
    {
        if (IndexOf(key) is >= 0 and var index && direction is "up" or "down")
        {
            Move(IndexOf(key), direction == "up" ? -1 : 1, part);
        }

        return InvokeAsync(StateHasChanged);
    }

    public Task DropRowAsync(int key, int target, string where)
    {
        var (from, to) = (IndexOf(key), IndexOf(target) + (where == "after" ? 1 : 0));
        if (!ReadOnly && from >= 0 && to >= 0)
        {
            Move(from, (to > from ? to - 1 : to) - from, "Name");
        }

        return InvokeAsync(StateHasChanged);
    }

    public Task PasteRowsAsync(string text)
    {
        (_pasting, _pasted) = (true, text);
        Refresh();
        return Task.CompletedTask;
    }

    internal void Set(int index, EntryChange change)
    {
        if (!ReferenceEquals(_rows[index], change.Entry))
        {
            Editor.SetEntry(List, index, change.Entry, EditLabel.Changed("Member_" + change.Member, change.Entry.Name), $"{List}[{index}].{change.Member}");
        }
    }

    internal void Move(int index, int delta, string part)
    {
        var target = ReadOnly ? index : Editor.Move(List, index, delta);
        _focusNext = "#" + FieldIds.For(FieldIds.Row(List, target) + (part.Length == 0 ? "" : "." + part.Replace('-', '.')));
        Refresh();
    }

    internal void Duplicate(int index) => FocusName(Editor.Duplicate(List, index));

    internal void Remove(int index)
    {
        Editor.Remove(List, index);
        if (_rows.Count > 0)
        {
            FocusName(Math.Min(index, _rows.Count - 1));
        }
        else
        {
            FocusAdd();
        }
    }

    private void Add() => FocusName(Editor.Add(List));

    private void Act(string action)
    {
        var selected = Selected;
        switch (action)
        {
            case "delete":
                Editor.Apply(EditLabel.Rows("Removed", selected.Count), state => state.Rearrange(List, RowOrder.Without(_rows.Count, selected)));
                FocusAdd();
                break;
            case "required" or "optional":
                Require(selected, action == "required");
                break;
            case "duplicate":
                DuplicateSelected(selected);
                break;
            case "up" or "down" when RowOrder.Shift(_rows.Count, selected, action == "up" ? -1 : 1) is { } order:
                Editor.Apply(EditLabel.Rows("Moved", selected.Count), state => state.Rearrange(List, order));
                break;
        }
    }

    private void Require(HashSet<int> selected, bool required) => Replace(
        EditLabel.Changed("Member_Required", string.Join(", ", selected.Order().Take(3).Select(index => _rows[index].Name))),
        _rows.Select((entry, index) => selected.Contains(index) ? entry with { Required = required } : entry));

    private void DuplicateSelected(HashSet<int> selected)
    {
        var names = _rows.Select(entry => entry.Name).ToList();
        var rows = new List<PayloadEntry>();
        foreach (var (index, entry) in _rows.Index())
        {
            rows.Add(entry);
            if (selected.Contains(index))
            {
                rows.Add(entry with { Name = FreeName.Find(entry.Name, names) });
                names.Add(rows[^1].Name);
            }
        }

        Replace(EditLabel.Rows("Duplicated", selected.Count), rows);
    }

    private CopiedRows CopySelected(bool json)
    {
        var entries = Selected.Order().Select(index => _rows[index]).ToList();
        return new CopiedRows(json ? RowJson.Write(entries) : EntryPaste.Write(entries), entries.Count);
    }

    private void AddPasted(PastedSelection pasted)
    {
        var first = _rows.Count;
        Replace(EditLabel.Rows(pasted.FromSample ? "Inferred" : "Pasted", pasted.Payload.Count), [.. _rows, .. pasted.Payload]);
        (_pasting, _pasted) = (pasted.Left.Length > 0, pasted.Left);
        FocusName(first);
    }

    private void TogglePaste()
    {
        (_pasting, _pasted) = (!_pasting, "");
        Refresh();
    }

    private void ClosePaste()
    {
        _pasting = false;
        _focusNext = $"[data-testid=paste-{List}]";
        Refresh();
    }

    private void Replace(EditLabel label, IEnumerable<PayloadEntry> rows)
    {
        var schema = Editor.Schema;
        IReadOnlyList<PayloadEntry> entries = [.. rows];
        Editor.Replace(label, List == DraftList.Payload ? schema with { Payload = entries } : schema with { Response = entries });
    }

    private void FocusAdd()
    {
        _focusNext = $"[data-testid=add-{List}]";
        Refresh();
    }

    private void FocusName(int index)
    {
        _focusNext = "#" + FieldIds.For(FieldIds.Row(List, index) + ".Name");
        Refresh();
    }
}
