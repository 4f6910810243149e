using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>One schema, compiled. Filled in while its document is compiled, unchanged afterwards.</summary>
internal sealed class SchemaNode
{
    private enum Shape : byte
    {
        Unknown,
        TypeOnly,

        /// <summary>Nothing but a <c>$ref</c>: the other schema is asked at once. Circles of these have been refused.</summary>
        Alias,
        Other,
    }

    private Shape _shape;

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

    /// <summary>Nothing is asked but the type. Found out once, when the first value comes: by then the node is complete.</summary>
    public bool IsTypeOnly => _shape == Shape.Unknown ? FindShape() == Shape.TypeOnly : _shape == Shape.TypeOnly;

    public bool Evaluate(ref ValidationRun run, int row)
    {
        // Most values hold nothing and most schemas lead nowhere else: there is no depth to count.
        ref readonly var value = ref run.Rows[row];
        if (IsTypeOnly && ((int)Types & value.Types) != 0)
        {
            return true;
        }

        if (_shape == Shape.Alias)
        {
            return ((ReferenceRule)InPlace[0]).Target.Evaluate(ref run, row);
        }

        return value.Kind < JsonKind.Array && InPlace.Length == 0 ? EvaluateOwn(ref run, row, value.Kind) : EvaluateDeep(ref run, row);
    }

    private Shape FindShape()
    {
        var hasRules = Values is not null || Numbers is not null || Strings is not null || Arrays is not null || Objects is not null
            || UnevaluatedItems is not null || UnevaluatedProperties is not null;
        var isAlias = !hasRules && Document < 0 && Types == TypeMask.All && InPlace is [ReferenceRule];
        return _shape = isAlias ? Shape.Alias : hasRules || InPlace.Length > 0 ? Shape.Other : Shape.TypeOnly;
    }

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
