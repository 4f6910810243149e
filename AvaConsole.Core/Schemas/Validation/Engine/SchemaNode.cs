using System.Runtime.CompilerServices;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>One schema, compiled. Filled in while its document is compiled, unchanged afterwards.</summary>
internal sealed class SchemaNode
{
    private enum Shape : byte
    {
        Unknown,

        /// <summary>Nothing but a <c>$ref</c>: the other schema is asked at once.</summary>
        Alias,

        /// <summary>Only keywords of the value itself: nothing leads to another schema of the same value, and nobody keeps track of members.</summary>
        Own,
        Other,
    }

    private Shape _shape;
    private TypeMask _free;
    private TypeMask _plain;
    private PlainObject? _plainObject;
    private PlainArray? _plainArray;

    /// <summary>The schema <c>false</c>.</summary>
    public bool IsNever { get; set; }

    public TypeMask Types { get; set; } = TypeMask.All;

    /// <summary>The types as the schema names them, for messages.</summary>
    public string TypeNames { get; set; } = "";

    public ValueSet? Values { get; set; }

    /// <summary><c>const</c> beside <c>enum</c>.</summary>
    public ValueSet? MoreValues { get; set; }

    public NumberRules? Numbers { get; set; }

    public StringRules? Strings { get; set; }

    public ArrayRules? Arrays { get; set; }

    public ObjectRules? Objects { get; set; }

    /// <summary>Schemas that apply to the same value.</summary>
    public InPlaceRule[] InPlace { get; set; } = [];

    public SchemaNode? UnevaluatedItems { get; set; }

    public SchemaNode? UnevaluatedProperties { get; set; }

    /// <summary>Number of the schema document where one with <c>$dynamicRef</c> may be under way; -1 otherwise.</summary>
    public int Document { get; set; } = -1;

    /// <summary>This schema, or the one that it only refers to.</summary>
    public SchemaNode Target
    {
        get
        {
            var node = this;
            while (node.IsAlias)
            {
                node = ((ReferenceRule)node.InPlace[0]).Target;
            }

            return node;
        }
    }

    /// <summary>Circles of these have been refused.</summary>
    private bool IsAlias => InPlace is [ReferenceRule] && Document < 0 && Types == TypeMask.All && !HasRules && !IsTracked;

    private bool HasRules => Values is not null || Numbers is not null || Strings is not null || Arrays is not null || Objects is not null;

    private bool IsTracked => UnevaluatedItems is not null || UnevaluatedProperties is not null;

    public bool Evaluate(ref ValidationRun run, int row) => Evaluate(ref run, row, run.Rows[row]);

    // Inlined into the loops over members and elements: half of all values need no more than a look at their type.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Evaluate(ref ValidationRun run, int row, in JsonRow value) => ((int)_free & value.Types) != 0 || EvaluateRules(ref run, row);

    // Hands on with nothing left to do itself, so that a step from value to value costs one frame.
    private bool EvaluateRules(ref ValidationRun run, int row)
    {
        ref readonly var value = ref run.Rows[row];
        if (((int)_plain & value.Types) == 0 || !run.IsFirstLook(row))
        {
            return EvaluateRest(ref run, row, value.Kind);
        }

        switch (value.Kind)
        {
            case JsonKind.Object when _plainObject is not null:
                return _plainObject.Evaluate(ref run, row);
            case JsonKind.Array when _plainArray is not null:
                return _plainArray.Evaluate(ref run, row);
            case JsonKind.Number when Numbers is not null:
                return Numbers.Evaluate(ref run, row);
            case JsonKind.String when Strings is not null:
                return Strings.Evaluate(ref run, row);
            default:
                return EvaluateRest(ref run, row, value.Kind);
        }
    }

    private bool EvaluateRest(ref ValidationRun run, int row, JsonKind kind)
    {
        switch (_shape)
        {
            case Shape.Unknown:
                FindShape();
                return Evaluate(ref run, row);
            case Shape.Alias:
                return Target.Evaluate(ref run, row);
            default:
                // Most values hold nothing: there is no depth to count.
                return kind < JsonKind.Array && InPlace.Length == 0 ? EvaluateOwn(ref run, row, kind) : EvaluateDeep(ref run, row);
        }
    }

    /// <summary>Found out once, when the first value comes: by then the node is complete. Threads that come at once find out the same.</summary>
    private void FindShape()
    {
        if (InPlace.Length > 0 || IsTracked || Document >= 0)
        {
            _shape = IsAlias ? Shape.Alias : Shape.Other;
            return;
        }

        (_plainObject, _plainArray) = (PlainObject.Of(Objects), PlainArray.Of(Arrays));
        (_free, _plain) = Values is null ? (Types & ~RuledTypes, Types & RuledTypes) : (TypeMask.None, TypeMask.None);
        _shape = Shape.Own;
    }

    /// <summary>The types of which more is asked.</summary>
    private TypeMask RuledTypes =>
        (Numbers is null ? TypeMask.None : TypeMask.Number | TypeMask.Integer)
        | (Strings is null ? TypeMask.None : TypeMask.String)
        | (Arrays is null ? TypeMask.None : TypeMask.Array)
        | (Objects is null ? TypeMask.None : TypeMask.Object);

    private bool EvaluateDeep(ref ValidationRun run, int row)
    {
        if (!run.Enter(row))
        {
            run.Leave();
            return false;
        }

        var enters = Document >= 0 && !run.Scope.IsIn(Document);
        if (enters)
        {
            run.Scope.Push(Document);
        }

        var fits = UnevaluatedItems is null && UnevaluatedProperties is null ? EvaluateKeywords(ref run, row) : EvaluateTracked(ref run, row);
        if (enters)
        {
            run.Scope.Pop();
        }

        run.Leave();
        return fits;
    }

    private bool EvaluateKeywords(ref ValidationRun run, int row)
    {
        var kind = run.Rows[row].Kind;
        if (!HasType(ref run, row, kind))
        {
            return FailType(ref run, row, kind);
        }

        var fits = EvaluateTyped(ref run, row, kind);
        foreach (var rule in InPlace)
        {
            if (!fits && !run.IsCollecting)
            {
                return false;
            }

            fits &= rule.Evaluate(ref run, row);
        }

        return fits;
    }

    private bool EvaluateOwn(ref ValidationRun run, int row, JsonKind kind) =>
        HasType(ref run, row, kind) ? EvaluateTyped(ref run, row, kind) : FailType(ref run, row, kind);

    private bool HasType(ref ValidationRun run, int row, JsonKind kind) => ((int)Types & run.Rows[row].Types) != 0 || IsInteger(ref run, row, kind);

    private bool FailType(ref ValidationRun run, int row, JsonKind kind) =>
        run.IsCollecting && (IsNever ? run.Fail(row, Keyword.False) : run.Fail(row, Keyword.Type, TypeNames, kind));

    private bool EvaluateTyped(ref ValidationRun run, int row, JsonKind kind)
    {
        var fits = Values is null || (Values.Evaluate(ref run, row) & (MoreValues is null || MoreValues.Evaluate(ref run, row)));
        return fits || run.IsCollecting ? EvaluateKind(ref run, row, kind) & fits : fits;
    }

    private bool EvaluateKind(ref ValidationRun run, int row, JsonKind kind) => kind switch
    {
        JsonKind.Number => Numbers is null || Numbers.Evaluate(ref run, row),
        JsonKind.String => Strings is null || Strings.Evaluate(ref run, row),
        JsonKind.Array => Arrays is null || Arrays.Evaluate(ref run, row),
        JsonKind.Object => Objects is null || Objects.Evaluate(ref run, row),
        _ => true,
    };

    private bool IsInteger(ref ValidationRun run, int row, JsonKind kind) =>
        kind == JsonKind.Number
        && (Types & TypeMask.Integer) != 0
        && JsonNumber.Parse(run.Raw(row)).IsInteger;

    private bool EvaluateTracked(ref ValidationRun run, int row)
    {
        var kind = run.Rows[row].Kind;
        if (kind is not (JsonKind.Object or JsonKind.Array))
        {
            return EvaluateKeywords(ref run, row);
        }

        var before = run.Evaluated.Begin(row, run.Rows[row].Length);
        var fits = EvaluateKeywords(ref run, row);
        if (fits || run.IsCollecting)
        {
            fits &= kind == JsonKind.Object ? UnevaluatedRules.EvaluateObject(ref run, row, UnevaluatedProperties) : UnevaluatedRules.EvaluateArray(ref run, row, UnevaluatedItems);
        }

        run.Evaluated.End(before, fits);
        return fits;
    }
}
