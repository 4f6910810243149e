using System.Runtime.CompilerServices;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>
/// One validation of one document. The first pass stops at the first failure and tells nothing; only a document that failed is looked at again,
/// with <see cref="IsCollecting"/> set, to say all that is wrong with it. So an accepted document costs no message, no path and no object.
/// </summary>
internal ref struct ValidationRun
{
    public const int MaxProblems = 100;

    /// <summary>Schemas within one another; a schema that refers to itself without ever reaching into the value goes on for ever.</summary>
    private const int MaxDepth = 2048;
    private const int StackCheckEvery = 32;

    private readonly RunBuffers _buffers;
    private readonly ProblemWriter _writer;
    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadOnlySpan<JsonRow> _rows;
    private long _budget;
    private int _depth;

    public ValidationRun(JsonView view, RunBuffers buffers, ProblemWriter writer, long budget)
    {
        _text = view.Text;
        _rows = view.Rows;
        (_buffers, _writer, _budget) = (buffers, writer, budget);
        Evaluated = new EvaluatedMembers(buffers);
        Scope = new DynamicScope(buffers);
    }

    /// <summary>Set in the second pass.</summary>
    public bool IsCollecting { get; set; }

    /// <summary>Members and elements that keywords have looked at, where an unevaluated… keyword asks.</summary>
    public EvaluatedMembers Evaluated;

    /// <summary>Schema documents entered on the way here.</summary>
    public DynamicScope Scope;

    /// <summary>The work was given up: too deep, too much. Whatever a pass says then means nothing.</summary>
    public bool IsAborted { get; private set; }

    public List<Problem>? Problems { get; private set; }

    public readonly bool IsFull => Problems?.Count >= MaxProblems;

    public readonly JsonView View => new(_text, _rows);

    public readonly ReadOnlySpan<JsonRow> Rows => _rows;

    public readonly RunBuffers Buffers => _buffers;

    /// <summary>Only yes or no is wanted, and nobody keeps track of what this value holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsFirstLook(int row) => !IsCollecting && !Evaluated.IsAsked(row);

    /// <summary>The characters of a string row as UTF-8. Those of an escaped one stay only until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ReadOnlySpan<byte> Text(int row)
    {
        ref readonly var value = ref _rows[row];
        var raw = _text.Slice(value.Start, value.Length);
        return value.IsEscaped ? _buffers.Unescape(raw) : raw;
    }

    public readonly ReadOnlySpan<byte> Raw(int row) => _text.Slice(_rows[row].Start, _rows[row].Length);

    /// <summary>False where the run is given up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Enter(int row)
    {
        _depth++;
        return (--_budget >= 0 && _depth % StackCheckEvery != 0) || EnterSlowly(row);
    }

    public void Leave() => _depth--;

    /// <summary>Work beside the schemas themselves: a comparison, a search. False where that is too much.</summary>
    public bool Charge(int row, long work)
    {
        _budget -= work;
        return _budget >= 0 || Abort(row, Keyword.TooExpensive);
    }

    /// <summary>Evaluates without telling, for schemas that a value need not fit.</summary>
    public bool Fits(SchemaNode node, int row)
    {
        var wasCollecting = IsCollecting;
        IsCollecting = false;
        var mark = Evaluated.Save(row);
        var fits = node.Evaluate(ref this, row);
        Evaluated.Restore(mark, row, keep: fits);
        IsCollecting = wasCollecting;
        return fits;
    }

    /// <summary>Always false, as the value that fails is.</summary>
    public bool Fail(int row, Keyword keyword, params ReadOnlySpan<object?> args) => Add(new Failure(row, keyword, null, args.ToArray()));

    /// <summary>The problem is with a member of the row's object, by this name.</summary>
    public bool FailMember(int row, string member, Keyword keyword, params ReadOnlySpan<object?> args) => Add(new Failure(row, keyword, member, args.ToArray()));

    /// <summary>A problem with a code of its own.</summary>
    /// <param name="below">Path of what is wrong, from the row on.</param>
    public bool FailWith(int row, string below, string code, params ReadOnlySpan<object?> args) => Add(new Failure(row, Keyword.Check, below, [code, .. args]));

    public bool Add(in Failure failure)
    {
        if (!IsFull && !IsAborted)
        {
            (Problems ??= []).Add(_writer.Write(View, failure));
        }

        return false;
    }

    /// <summary>Gives up, with one problem instead of all others.</summary>
    public bool Abort(int row, Keyword keyword, params ReadOnlySpan<object?> args)
    {
        if (!IsAborted)
        {
            Problems = [_writer.Write(View, new Failure(row, keyword, null, args.ToArray()))];
            (IsAborted, _budget) = (true, -1);
        }

        return false;
    }

    private bool EnterSlowly(int row)
    {
        if (IsAborted || _budget < 0)
        {
            return Abort(row, Keyword.TooExpensive);
        }

        return (_depth <= MaxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack()) || Abort(row, Keyword.TooDeep);
    }
}

/// <summary>One failure, before it is put in words.</summary>
/// <param name="Row">The value, or the object that a member belongs to.</param>
/// <param name="Member">Name of a member that is missing or must not be there; null for the value itself.</param>
internal readonly record struct Failure(int Row, Keyword Keyword, string? Member, object?[] Args);

/// <summary>Puts failures in a dialect's words, with a dialect's paths.</summary>
internal abstract class ProblemWriter
{
    public abstract Problem Write(in JsonView view, in Failure failure);

    /// <summary>The text is no JSON.</summary>
    public virtual Problem Write(JsonFault fault, ReadOnlySpan<byte> text, int at, int maxDepth) => JsonFaults.Describe(fault, text, at, maxDepth);
}
