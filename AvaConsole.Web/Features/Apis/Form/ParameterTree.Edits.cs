using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Core.Schemas.Examples;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>The part of the tree that adds, moves and removes rows.</summary>
public sealed partial class ParameterTree
{
    public Task MoveRowAsync(int key, string direction, string part)
    {
        if (!ReadOnly && _nodes.Find(key) is { } node)
        {
            Move(node, direction, part);
        }

        return InvokeAsync(StateHasChanged);
    }

    public Task DropRowAsync(int key, int target, string where)
    {
        if (!ReadOnly && _nodes.Find(key) is { } dragged && _nodes.Find(target) is { IsElement: false } or { CanHaveMembers: true })
        {
            Drop(_nodes.Find(key)!, _nodes.Find(target)!, where);
        }

        return InvokeAsync(StateHasChanged);
    }

    public Task PasteRowsAsync(string text)
    {
        (_pasting, _pasted) = (true, text);
        Refresh();
        return Task.CompletedTask;
    }

    internal void Move(RowNode node, string direction, string part)
    {
        var holder = Root.Holder(Editor.Schema);
        var moved = node.IsElement ? null : direction switch
        {
            "up" => ParameterEdits.Shift(holder, node.Path, -1),
            "down" => ParameterEdits.Shift(holder, node.Path, 1),
            "out" => ParameterEdits.Outdent(holder, node.Path),
            _ => ParameterEdits.Indent(holder, node.Path),
        };
        Apply(EditLabel.Moved(node.Parameter.Name), moved, part);
    }

    internal void AddMember(RowNode node)
    {
        var holder = Root.Holder(Editor.Schema);
        if (ParameterEdits.MembersOf(holder, node.Path) is { } parent)
        {
            var index = ParameterEdits.At(holder, parent).Properties.Count;
            node.Expanded = true;
            foreach (var inner in node.Children)
            {
                inner.Expanded |= node.Parameter.Type == ParameterTypes.Array;
            }

            Apply(EditLabel.Added(node.Parameter.Name), new MovedRow(ParameterEdits.Insert(holder, parent, index, new ApiParameter()), [.. parent, index]), "Name");
        }
    }

    internal void Duplicate(RowNode node) =>
        Apply(EditLabel.Duplicated(node.Parameter.Name), ParameterEdits.Duplicate(Root.Holder(Editor.Schema), node.Path), "Name");

    internal void Remove(RowNode node)
    {
        var rows = _nodes.Visible().ToList();
        var next = rows.Skip(rows.IndexOf(node) + 1).FirstOrDefault(row => !row.Ancestors.Contains(node)) ?? rows.TakeWhile(row => row != node).LastOrDefault();
        Replace(EditLabel.Removed(node.Parameter.Name), ParameterEdits.Remove(Root.Holder(Editor.Schema), [node.Path]));
        if (next is not null)
        {
            Focus(next, "Name");
        }
        else
        {
            _focusNext = $"[data-testid='add-{Root.Field}']";
            Refresh();
        }
    }

    private void AddRoot()
    {
        var holder = Root.Holder(Editor.Schema);
        var added = Root.Entry is null
            ? new MovedRow(ParameterEdits.Insert(holder, [], holder.Properties.Count, new ApiParameter()), [holder.Properties.Count])
            : new MovedRow(holder with { Items = new ApiParameter { Type = ParameterTypes.Object } }, [ParameterEdits.Element]);
        Apply(EditLabel.Added("@List_" + Root.List), added, Root.Entry is null ? "Name" : "Type");
    }

    private void Drop(RowNode dragged, RowNode target, string where)
    {
        var holder = Root.Holder(Editor.Schema);
        var moved = where == "inside" && ParameterEdits.MembersOf(holder, target.Path) is { } parent
            ? ParameterEdits.Move(holder, dragged.Path, parent, int.MaxValue)
            : target.IsElement ? null : ParameterEdits.Move(holder, dragged.Path, target.Path[..^1], target.Index + (where == "after" ? 1 : 0));
        Apply(EditLabel.Moved(dragged.Parameter.Name), moved, "Name");
    }

    private void Act(string action)
    {
        var selected = Selected.ToList();
        switch (action)
        {
            case "delete":
                RemoveSelected(selected);
                break;
            case "required" or "optional":
                Require(selected, action == "required");
                break;
            case "duplicate":
                DuplicateSelected(selected);
                break;
            default:
                MoveSelected(selected, action);
                break;
        }
    }

    private void RemoveSelected(List<RowNode> selected)
    {
        var removed = ParameterEdits.Remove(Root.Holder(Editor.Schema), selected.Select(node => node.Path));
        Replace(EditLabel.Rows("Removed", selected.Count), removed);
        _focusNext = $"[data-testid='add-{Root.Field}']";
    }

    private void Require(List<RowNode> selected, bool required)
    {
        var holder = Root.Holder(Editor.Schema);
        foreach (var node in selected.Where(node => !node.IsElement))
        {
            holder = ParameterEdits.Update(holder, node.Path, parameter => parameter with { Required = required });
        }

        Replace(EditLabel.Changed("Member_Required", string.Join(", ", selected.Take(3).Select(node => node.Parameter.Name))), holder);
    }

    private void DuplicateSelected(List<RowNode> selected)
    {
        var holder = Root.Holder(Editor.Schema);
        foreach (var path in ParameterEdits.Outermost(selected.Where(node => !node.IsElement).Select(node => node.Path)).Reverse())
        {
            holder = ParameterEdits.Duplicate(holder, path).Holder;
        }

        Replace(EditLabel.Rows("Duplicated", selected.Count), holder);
    }

    /// <summary>One after the other, those first that make room for the next; a block at the end stays together.</summary>
    private void MoveSelected(List<RowNode> selected, string direction)
    {
        var movable = selected.Where(node => !node.IsElement && !node.Ancestors.Any(parent => _selection.Contains(parent.Key))).ToList();
        if (direction is "down" or "out")
        {
            movable.Reverse();
        }

        var stopped = new HashSet<int>();
        foreach (var key in movable.Select(node => node.Key))
        {
            var node = _nodes.Find(key)!;
            var neighbour = node.Index + (direction == "down" ? 1 : -1);
            var siblings = node.Parent?.Children ?? _nodes.Roots;
            if (direction is "up" or "down" && (neighbour < 0 || neighbour >= siblings.Count || stopped.Contains(siblings[neighbour].Key)))
            {
                stopped.Add(key);
                continue;
            }

            Move(node, direction, "");
        }

        _focusNext = null;
    }

    private CopiedRows CopySelected(bool json)
    {
        var holder = Root.Holder(Editor.Schema);
        var parameters = ParameterEdits.Outermost(Selected.Select(node => node.Path)).Select(path => ParameterEdits.At(holder, path)).ToList();
        return new CopiedRows(json ? RowJson.Write(parameters) : RowPaste.Write(parameters), parameters.Count);
    }

    private void AddPasted(PastedSelection pasted)
    {
        var holder = Root.Holder(Editor.Schema);
        var parent = PasteTarget is { } target ? ParameterEdits.MembersOf(holder, target.Path)! : [];
        if (Root.Entry is not null && parent.Length == 0)
        {
            // There is no object to put members into yet.
            (holder, parent) = (holder with { Items = new ApiParameter { Type = ParameterTypes.Object } }, [ParameterEdits.Element]);
        }

        var members = ParameterEdits.At(holder, parent).Properties;
        var schema = Root.With(Editor.Schema, ParameterEdits.Insert(holder, parent, members.Count, pasted.Parameters));
        schema = schema with { Payload = [.. schema.Payload, .. pasted.Payload] };
        Editor.Replace(EditLabel.Rows(pasted.FromSample ? "Inferred" : "Pasted", pasted.Parameters.Count + pasted.Payload.Count), schema);
        _pasting = pasted.Left.Length > 0;
        _pasted = pasted.Left;
        _focusNext = pasted.Parameters.Count == 0 ? null : $"#{FieldIds.For(Root.FieldOf([.. parent, members.Count]) + ".Name")}";
        Refresh();
    }

    private void Replace(EditLabel label, ApiParameter holder) => Editor.Replace(label, Root.With(Editor.Schema, holder));

    private void Apply(EditLabel label, MovedRow? moved, string part)
    {
        if (moved is not null)
        {
            Replace(label, moved.Holder);
            foreach (var parent in _nodes.FindField(Root.FieldOf(moved.Path))?.Ancestors ?? [])
            {
                parent.Expanded = true;
            }

            _focusNext = $"#{FieldIds.For(Root.FieldOf(moved.Path) + (part.Length == 0 ? "" : "." + part))}";
        }

        Refresh();
    }
}
