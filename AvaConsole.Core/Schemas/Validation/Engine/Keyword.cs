namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>What a value can fail at. Each dialect has its own words, and its own code, for each.</summary>
internal enum Keyword
{
    False,
    Type,
    Enum,
    Const,
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
    MinLength,
    MaxLength,
    Pattern,
    PatternTooSlow,
    Format,
    MinItems,
    MaxItems,
    UniqueItems,
    Contains,
    MinContains,
    MaxContains,
    MinProperties,
    MaxProperties,
    Required,
    DependentRequired,
    AdditionalProperties,
    PropertyNames,
    AnyOf,
    OneOf,
    OneOfSeveral,
    Not,
    UnevaluatedProperties,
    UnevaluatedItems,
    Items,
    TooDeep,
    TooExpensive,

    /// <summary>Beyond what a decimal can hold.</summary>
    NumberTooLarge,

    /// <summary>Anything else; the failure's first argument is the code.</summary>
    Check,
}
