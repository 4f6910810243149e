using System.Runtime.CompilerServices;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>
/// What most schemas ask of objects, as the first pass needs it: the members' schemas, the names that must be there as bits of one word, and
/// what other members may be. One loop says yes or no; what is wrong is told by <see cref="ObjectRules"/>.
/// </summary>
internal sealed class PlainObject
{
    private const int WordBits = 64;

    private readonly NameTable _names;
    private readonly Member[] _members;
    private readonly ulong _required;
    private readonly SchemaNode? _additional;
    private readonly int _least;
    private readonly int _most;

    private PlainObject(ObjectRules rules)
    {
        (_names, _least, _most) = (rules.Names, rules.MinProperties, rules.MaxProperties);
        _additional = rules.AdditionalProperties?.Target;
        _members = new Member[rules.Names.Count];
        for (var index = 0; index < _members.Length; index++)
        {
            // A name that is only required is no property: its member is one of the others.
            var bit = Array.IndexOf(rules.Required, index);
            _members[index] = new Member(rules.Names.Keys[index], rules.Properties[index]?.Target ?? _additional, bit < 0 ? 0 : 1UL << bit);
            _required |= _members[index].Bit;
        }
    }

    /// <summary>Null where more is asked.</summary>
    public static PlainObject? Of(ObjectRules? rules) =>
        rules is { PatternProperties.Length: 0, PropertyNames: null, Dependencies.Length: 0, DependentSchemas.Length: 0, Required.Length: <= WordBits } ? new PlainObject(rules) : null;

    // Not inlined, so that the node's dispatch does not save this loop's registers for every other kind of value.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Evaluate(ref ValidationRun run, int row)
    {
        var count = run.Rows[row].Length;
        var fits = run.Enter(row) && count >= _least && count <= _most && HasMembers(ref run, row);
        run.Leave();
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasMembers(ref ValidationRun run, int row)
    {
        var rows = run.Rows;
        var text = run.View.Text;
        var end = rows[row].Next;
        var missing = _required;
        var expected = 0;
        for (var name = row + 1; name < end; name = rows[name + 1].Next)
        {
            var schema = _additional;
            var index = IsExpected(text, rows[name], expected) ? expected : _names.Find(ref run, name);
            if (index >= 0)
            {
                expected = index + 1;
                schema = _members[index].Schema;
                missing &= ~_members[index].Bit;
            }

            if (schema is not null && !schema.Evaluate(ref run, name + 1, rows[name + 1]))
            {
                return false;
            }
        }

        return missing == 0;
    }

    // Members mostly come in the order in which the schema lists them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsExpected(ReadOnlySpan<byte> text, in JsonRow name, int expected) => (uint)expected < (uint)_members.Length && _members[expected].Key.Is(text, name);

    private readonly struct Member(NameKey key, SchemaNode? schema, ulong bit)
    {
        public readonly NameKey Key = key;
        public readonly SchemaNode? Schema = schema;

        /// <summary>In the word of required names; 0 for none.</summary>
        public readonly ulong Bit = bit;
    }
}
