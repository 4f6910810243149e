namespace AvaConsole.Inference.Packages;

/// <summary>
/// Marks a property that <c>service.yaml</c> sets. The member's name is the property's in lower case with underscores (<c>top_k</c>), its type
/// and choices are the property's. Reading, errors, JSON Schema and the documentation's test all follow from it.
/// </summary>
/// <param name="description">One or two sentences for the JSON Schema.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ServiceMemberAttribute(string description) : Attribute
{
    public string Description => description;

    /// <summary>Smallest number; of text, whole numbers and numbers in lists.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    public double Maximum { get; init; } = double.PositiveInfinity;

    public bool NotZero { get; init; }

    /// <summary>The number may be written <c>.nan</c>.</summary>
    public bool MayBeNaN { get; init; }

    /// <summary>A file beside the model: one segment of a path.</summary>
    public bool IsFile { get; init; }

    /// <summary>A list of one may be written without its brackets.</summary>
    public bool OneOrMany { get; init; }

    public int MaxItems { get; init; } = 1024;

    /// <summary>A release's <c>custom_values</c> may replace it.</summary>
    public bool IsOverridable { get; init; }

    /// <summary>The members of the property's record stand where this one would.</summary>
    public bool IsInlined { get; init; }

    /// <summary>Not in the models of an ensemble.</summary>
    public bool IsOfRoot { get; init; }
}
