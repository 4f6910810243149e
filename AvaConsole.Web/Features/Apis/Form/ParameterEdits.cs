using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>
/// Edits of a tree of parameters. A path is the indexes of members on the way down, <see cref="Element"/> for the element of an array.
/// What an edit does not touch stays the same object.
/// </summary>
public static class ParameterEdits
{
    public const int Element = -1;

    public static ApiParameter At(ApiParameter holder, ReadOnlySpan<int> path)
    {
        foreach (var step in path)
        {
            holder = step == Element ? holder.Items! : holder.Properties[step];
        }

        return holder;
    }

    public static ApiParameter Update(ApiParameter holder, ReadOnlySpan<int> path, Func<ApiParameter, ApiParameter> change)
    {
        if (path.IsEmpty)
        {
            return change(holder);
        }

        if (path[0] == Element)
        {
            return holder with { Items = Update(holder.Items!, path[1..], change) };
        }

        var members = holder.Properties.ToList();
        members[path[0]] = Update(members[path[0]], path[1..], change);
        return holder with { Properties = members };
    }

    /// <summary>Adds members to the object at <paramref name="parent"/>.</summary>
    public static ApiParameter Insert(ApiParameter holder, ReadOnlySpan<int> parent, int index, params IReadOnlyList<ApiParameter> parameters) =>
        Update(holder, parent, target => target with { Properties = [.. target.Properties.Take(index), .. parameters, .. target.Properties.Skip(index)] });

    public static ApiParameter Remove(ApiParameter holder, IEnumerable<int[]> paths)
    {
        // The last first, so that the others stay where they are.
        foreach (var path in Outermost(paths).Reverse())
        {
            holder = Update(holder, path.AsSpan(..^1), parent => path[^1] == Element
                ? parent with { Items = null }
                : parent with { Properties = [.. parent.Properties.Where((_, index) => index != path[^1])] });
        }

        return holder;
    }

    /// <summary>In document order, without those that lie within another.</summary>
    public static IEnumerable<int[]> Outermost(IEnumerable<int[]> paths)
    {
        int[]? last = null;
        foreach (var path in paths.OrderBy(path => path, Comparer<int[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right))))
        {
            if (last is null || !path.AsSpan().StartsWith(last))
            {
                yield return last = path;
            }
        }
    }

    /// <summary>Where new members of this row go: the object itself, or the object that an array holds. Null where it can have none.</summary>
    public static int[]? MembersOf(ApiParameter holder, int[] path)
    {
        var parameter = At(holder, path);
        return parameter switch
        {
            { Type: ParameterTypes.Object } => path,
            { Type: ParameterTypes.Array, Items: not null } => MembersOf(holder, [.. path, Element]),
            _ => null,
        };
    }

    /// <summary>Moves a member into the list of an object; null where that is within itself, or where it is an array's element.</summary>
    public static MovedRow? Move(ApiParameter holder, int[] from, int[] parent, int index)
    {
        if (from[^1] == Element || parent.AsSpan().StartsWith(from))
        {
            return null;
        }

        var (moved, target, depth) = (At(holder, from), parent.ToArray(), from.Length - 1);
        if (target.AsSpan().StartsWith(from.AsSpan(..^1)))
        {
            // Taking it out moves those behind it one up.
            if (target.Length > depth && target[depth] > from[^1])
            {
                target[depth]--;
            }
            else if (target.Length == depth && index > from[^1])
            {
                index--;
            }
        }

        index = Math.Min(index, At(Remove(holder, [from]), target).Properties.Count);
        int[] to = [.. target, index];
        return to.AsSpan().SequenceEqual(from) ? null : new MovedRow(Insert(Remove(holder, [from]), target, index, moved), to);
    }

    /// <summary>Up (-1) or down (1) among its siblings; null at an end.</summary>
    public static MovedRow? Shift(ApiParameter holder, int[] path, int delta)
    {
        var target = path[^1] + (delta > 0 ? 2 : -1);
        return target < 0 || target > At(holder, path.AsSpan(..^1)).Properties.Count ? null : Move(holder, path, path[..^1], target);
    }

    /// <summary>Out of its object, to the place below it; null where it is in none.</summary>
    public static MovedRow? Outdent(ApiParameter holder, int[] path)
    {
        var anchor = path[..^1];
        while (anchor.Length > 0 && anchor[^1] == Element)
        {
            anchor = anchor[..^1];
        }

        return anchor.Length == 0 ? null : Move(holder, path, anchor[..^1], anchor[^1] + 1);
    }

    /// <summary>Into the object before it, as its last member; null where there is none.</summary>
    public static MovedRow? Indent(ApiParameter holder, int[] path) =>
        path[^1] > 0 && MembersOf(holder, [.. path[..^1], path[^1] - 1]) is { } parent ? Move(holder, path, parent, int.MaxValue) : null;

    /// <summary>A copy below the row, under a free name.</summary>
    public static MovedRow Duplicate(ApiParameter holder, int[] path)
    {
        var siblings = At(holder, path.AsSpan(..^1)).Properties;
        var copy = siblings[path[^1]];
        copy = copy with { Name = FreeName.Find(copy.Name, siblings.Select(sibling => sibling.Name)) };
        return new MovedRow(Insert(holder, path.AsSpan(..^1), path[^1] + 1, copy), [.. path[..^1], path[^1] + 1]);
    }
}

/// <summary>A tree after an edit, and where the row is then.</summary>
public sealed record MovedRow(ApiParameter Holder, int[] Path);
