namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>What is wrong with one element of a tensor's JSON.</summary>
internal enum ElementFault
{
    None,

    /// <summary>No JSON at all.</summary>
    NotJson,

    /// <summary>Another kind of value than the datatype has.</summary>
    WrongKind,

    /// <summary>A fraction or an exponent where the datatype is of integers.</summary>
    NotWhole,

    OutOfRange,

    /// <summary>NaN or an infinity, in whatever way a client spelt it.</summary>
    NoJsonForm,

    /// <summary>Half a surrogate pair, or bytes that are no UTF-8.</summary>
    NotUtf8,
    TooMany,
    TooFew,

    /// <summary>Arrays within the data that do not follow the shape.</summary>
    Nesting,
}
