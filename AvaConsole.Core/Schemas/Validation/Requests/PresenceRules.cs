using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Requests;

/// <summary>An entry has its data in exactly one of the ways that its type knows.</summary>
internal sealed class OneSourceRule(string[] sources) : InPlaceRule
{
    private readonly NameTable _names = new(sources);

    public override bool Evaluate(ref ValidationRun run, int row)
    {
        if (run.Rows[row].Kind != JsonKind.Object)
        {
            return true;
        }

        var given = 0;
        for (var name = row + 1; name < run.Rows[row].Next; name = run.Rows[name + 1].Next)
        {
            given += _names.Find(ref run, name) >= 0 ? 1 : 0;
        }

        return given == 1
            || (run.IsCollecting && run.FailWith(row, "", given == 0 ? "request.payload_empty" : "request.payload_ambiguous", string.Join(", ", sources)));
    }
}

/// <summary>The entries that a payload must have.</summary>
internal sealed class MissingEntriesRule : InPlaceRule
{
    private readonly List<PayloadEntry> _required;
    private readonly NameTable _names;

    public MissingEntriesRule(IEnumerable<PayloadEntry> entries)
    {
        _required = [.. entries.Where(entry => entry.Required)];
        _names = new NameTable([.. _required.Select(entry => entry.Name)]);
    }

    /// <summary>What is missing where the payload itself is.</summary>
    public IEnumerable<MissingPart> Parts(string parent) =>
        _required.Select(entry => new MissingPart(RequestProblems.PathOf(parent, entry.Name), "request.payload_missing", [entry.Name, entry.Type]));

    public override bool Evaluate(ref ValidationRun run, int row)
    {
        if (run.Rows[row].Kind != JsonKind.Object)
        {
            return true;
        }

        var fits = true;
        foreach (var (index, entry) in _required.Index())
        {
            if (!Has(ref run, row, index))
            {
                fits = run.IsCollecting && run.FailWith(row, RequestProblems.PathOf("", entry.Name), "request.payload_missing", entry.Name, entry.Type);
            }
        }

        return fits;
    }

    // Members are not counted instead: one name may stand there twice.
    private bool Has(ref ValidationRun run, int row, int index)
    {
        for (var name = row + 1; name < run.Rows[row].Next; name = run.Rows[name + 1].Next)
        {
            if (_names.Find(ref run, name) == index)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Something required within a member that is not there itself.</summary>
/// <param name="Path">From the object that lacks the member.</param>
internal sealed record MissingPart(string Path, string Code, object?[] Args);

/// <summary>A member may be left out where nothing in it is required; else all that is required in it is told.</summary>
internal sealed class OptionalPartRule(string member, IEnumerable<MissingPart> required) : InPlaceRule
{
    private readonly NameTable _name = new([member]);
    private readonly List<MissingPart> _required = [.. required];

    public override bool Evaluate(ref ValidationRun run, int row)
    {
        if (_required.Count == 0 || run.Rows[row].Kind != JsonKind.Object)
        {
            return true;
        }

        for (var name = row + 1; name < run.Rows[row].Next; name = run.Rows[name + 1].Next)
        {
            if (_name.Find(ref run, name) >= 0)
            {
                return true;
            }
        }

        foreach (var part in run.IsCollecting ? _required : [])
        {
            run.FailWith(row, part.Path, part.Code, part.Args);
        }

        return false;
    }
}
